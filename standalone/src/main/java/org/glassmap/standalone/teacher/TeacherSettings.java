package org.glassmap.standalone.teacher;

/**
 * How much of the making is done. The recipe itself (descriptor, loss, optimiser, seeds) stands in {@link TrainTeacher}.
 *
 * @param members of the committee
 * @param fraction of the configurations that is taken, above 0 to 1; below 1 it is a trial, and no teacher comes of it
 * @param relaxations of the gate's last part
 */
public record TeacherSettings(int members, int epochs, double fraction, int relaxations) {

    /** What the kept teacher was made with. */
    public static final TeacherSettings FULL = new TeacherSettings(2, 100, 1, 200);

    public TeacherSettings {
        if (members < 1 || epochs < 1 || relaxations < 1) {
            throw new IllegalArgumentException("members, epochs and relaxations must be at least 1, got %d, %d, %d"
                    .formatted(members, epochs, relaxations));
        }
        if (!(fraction > 0 && fraction <= 1)) {
            throw new IllegalArgumentException("fraction must lie above 0 and not above 1, got " + fraction);
        }
    }

    /** A trial on a share of configurations and relaxations. */
    public TeacherSettings withFraction(double other) {
        return new TeacherSettings(members, epochs, other, Math.max(2, (int) Math.round(relaxations * other)));
    }

    public TeacherSettings withEpochs(int other) {
        return new TeacherSettings(members, other, fraction, relaxations);
    }
}
