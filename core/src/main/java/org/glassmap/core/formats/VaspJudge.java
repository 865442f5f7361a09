package org.glassmap.core.formats;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What the steps of a run, seen one by one, say of its ending. */
final class VaspJudge {

    private final VaspHeader header;
    private int steps;
    private @Nullable VaspStep last;

    VaspJudge(VaspHeader header) {
        this.header = header;
    }

    /** Whether so many electronic steps ended by themselves. */
    static boolean electronsConverged(VaspHeader header, int electronicSteps) {
        return electronicSteps > 0
                && electronicSteps < header.parameters().whole("NELM").orElse(60); // VASP's default
    }

    void saw(VaspStep step) {
        steps++;
        last = step;
    }

    /** A step that was there and could not be understood. */
    void sawUnreadable() {
        steps++;
        last = null;
    }

    int steps() {
        return steps;
    }

    /** @param atoms that may move, per atom and axis; null if all may */
    VaspEnding ending(boolean complete, String reason, boolean @Nullable [] mobile) {
        int allowed = header.parameters().whole("NSW").orElse(0);
        boolean goal = switch (header.task()) {
            case STATIC, OTHER -> complete && steps > 0;
            case DYNAMICS -> complete && steps >= allowed;
            case RELAXATION -> complete && (steps < allowed || allowed <= 1) && forcesWithinLimit(mobile);
        };
        return ending(complete, reason, goal);
    }

    VaspEnding ending(boolean complete, String reason, boolean goal) {
        return new VaspEnding(complete, steps, last != null && last.electronicallyConverged(), goal, reason);
    }

    /** True also where EDIFFG is a limit on energies, which the printed energies do not let us check. */
    private boolean forcesWithinLimit(boolean @Nullable [] mobile) {
        OptionalDouble limit = header.parameters().number("EDIFFG");
        if (limit.isEmpty() || limit.getAsDouble() >= 0 || last == null) {
            return last != null;
        }
        double[] forces = last.state().forces().orElse(null);
        if (forces == null) {
            return false;
        }
        double largest = 0;
        for (int i = 0; i < forces.length; i += 3) {
            double square = 0;
            for (int axis = 0; axis < 3; axis++) {
                boolean free = mobile == null || mobile[i + axis];
                square += free ? forces[i + axis] * forces[i + axis] : 0;
            }
            largest = Math.max(largest, square);
        }
        return Math.sqrt(largest) <= -limit.getAsDouble() + 1e-6; // the file's digits
    }
}
