package org.glassmap.benchmarks.accuracy;

import java.util.List;
import org.glassmap.core.learning.FrameErrors;
import org.glassmap.core.learning.Kernel;
import org.glassmap.core.learning.LearntPotential;
import org.glassmap.core.learning.TrainingFrame;

/**
 * Root mean square errors of a potential on frames.
 *
 * @param energy meV/atom, each frame counting once
 * @param force eV/Å, each component counting once
 */
record Judged(int frames, double energy, double force) {

    static Judged of(LearntPotential potential, List<TrainingFrame> frames) {
        FrameErrors.Judge judge = new FrameErrors.Judge(potential, Kernel.best());
        double energies = 0;
        double forces = 0;
        long components = 0;
        for (TrainingFrame frame : frames) {
            FrameErrors errors = judge.of(frame);
            energies += errors.energyError() * errors.energyError();
            if (errors.hasForces()) {
                int length = errors.forces().length;
                forces += errors.forceError() * errors.forceError() * length;
                components += length;
            }
        }
        return new Judged(frames.size(), 1e3 * Math.sqrt(energies / frames.size()), Math.sqrt(forces / components));
    }
}
