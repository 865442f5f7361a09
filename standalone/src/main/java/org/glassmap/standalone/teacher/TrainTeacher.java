package org.glassmap.standalone.teacher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.learning.Activation;
import org.glassmap.core.learning.AdamSettings;
import org.glassmap.core.learning.EpochReport;
import org.glassmap.core.learning.LossSettings;
import org.glassmap.core.learning.PairRepulsion;
import org.glassmap.core.learning.PairRepulsion.Wall;
import org.glassmap.core.learning.ResolvedChebyshev;
import org.glassmap.core.learning.Split;
import org.glassmap.core.learning.Training;
import org.glassmap.core.learning.TrainingSettings;
import org.glassmap.core.numerics.Seed;

/** Trains one member of the teacher; goes on where it was stopped. */
final class TrainTeacher {

    static final List<Species> LPS = List.of(Species.Li, Species.P, Species.S);
    static final long SEED = 1;

    static final PairRepulsion WALLS = new PairRepulsion(List.of(
            new Wall(Species.Li, Species.Li, 80, 2.2),
            new Wall(Species.Li, Species.P, 80, 2.1),
            new Wall(Species.Li, Species.S, 80, 1.95),
            new Wall(Species.P, Species.P, 80, 1.95),
            new Wall(Species.P, Species.S, 80, 1.75),
            new Wall(Species.S, Species.S, 80, 1.85)));

    private TrainTeacher() {}

    static TrainingSettings settings(int member, int epochs) {
        return new TrainingSettings(
                new ResolvedChebyshev(6.5, 20, 4.5, 8, LPS),
                member % 2 == 0 ? List.of(40, 40) : List.of(32, 32),
                Activation.TANH,
                WALLS,
                LossSettings.DEFAULT,
                AdamSettings.DEFAULT,
                epochs,
                false,
                Seed.of(SEED, "member-" + member),
                Seed.of(SEED, "order"));
    }

    static Path stateFile(Path work, int member) {
        return work.resolve("member-" + member + ".state");
    }

    /** @param told after every epoch, which is on the disk then; what it throws ends the training */
    static void train(TeacherSettings teacher, Path data, Path work, int member, Consumer<String> told)
            throws IOException {
        TrainingSettings settings = settings(member, teacher.epochs());
        Split split = LabelledSet.read(data, LabelledSet.FILES)
                .share(teacher.fraction())
                .split();
        Path file = stateFile(work, member);
        Training training = Files.exists(file)
                ? Training.resume(settings, split, null, Files.readAllBytes(file))
                : Training.start(settings, split);
        told.accept("member %d: %d frames to learn from, %d held out, from epoch %d of %d"
                .formatted(
                        member,
                        split.training().size(),
                        split.validation().size(),
                        training.epoch(),
                        settings.epochs()));
        while (!training.finished()) {
            long start = System.nanoTime();
            EpochReport report = training.runEpoch();
            Path aside = Files.write(work.resolve("member-" + member + ".part"), training.state());
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            told.accept(String.format(
                    Locale.ROOT,
                    "member %d epoch %3d  learning %.1f meV/atom %.3f eV/Å   held out %.1f meV/atom %.3f eV/Å   %.1f s",
                    member,
                    report.epoch(),
                    1000 * report.training().energyPerAtom(),
                    report.training().force(),
                    1000 * report.validation().orElseThrow().energyPerAtom(),
                    report.validation().orElseThrow().force(),
                    1e-9 * (System.nanoTime() - start)));
        }
    }
}
