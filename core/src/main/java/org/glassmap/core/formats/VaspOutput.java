package org.glassmap.core.formats;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.glassmap.core.atoms.InvalidStructureException;

/** A VASP output read step by step; holds one step at a time. Closing it closes the stream. */
public sealed interface VaspOutput extends Closeable permits Vasprun, Outcar {

    VaspHeader header();

    /** The next complete ionic step; empty at the end.
     *
     * @throws FormatException if a step says what it cannot mean; the one after it can be asked for
     */
    Optional<VaspStep> next() throws IOException;

    /** How the run ended. Ask when {@link #next} has become empty. */
    VaspEnding ending();

    /**
     * All of it at once.
     *
     * @throws FormatException if a step cannot be read, or they are so many that they should be read one by one
     */
    default VaspRun run() throws IOException {
        List<VaspStep> steps = new ArrayList<>();
        long atoms = 0;
        for (Optional<VaspStep> step = next(); step.isPresent(); step = next()) {
            steps.add(step.get());
            atoms += step.get().structure().size();
            if (atoms > VaspRun.MOST_ATOMS) {
                throw new FormatException(
                        Place.in("VASP output"),
                        "steps",
                        "have more than %d atoms together".formatted(VaspRun.MOST_ATOMS),
                        String.valueOf(steps.size()),
                        "read them one by one");
            }
        }
        return new VaspRun(header(), steps, ending());
    }

    /**
     * The steps as labelled frames. A step whose electrons did not converge, or whose energy is a force field's, is
     * refused: its numbers are no label.
     */
    default FrameReader frames(VaspStep.Choice choice) {
        VaspOutput output = this;
        return new FrameReader() {
            @Override
            public Optional<FrameOutcome> next() throws IOException {
                try {
                    Optional<VaspStep> step = output.next();
                    return step.isEmpty() ? Optional.empty() : Optional.of(outcome(step.get(), choice));
                } catch (FormatException e) {
                    return Optional.of(new FrameOutcome.Refused(e));
                }
            }

            @Override
            public void close() throws IOException {
                output.close();
            }
        };
    }

    private static FrameOutcome outcome(VaspStep step, VaspStep.Choice choice) {
        Place place = Place.in("VASP output").inFrame(step.number());
        if (!step.firstPrinciples() || !step.electronicallyConverged()) {
            return new FrameOutcome.Refused(new FormatException(
                    place,
                    "electronic steps",
                    step.firstPrinciples() ? "ended at NELM, not at EDIFF" : "are none: a force field's energy",
                    Integer.toString(step.electronicSteps()),
                    "take only converged first-principles steps as labels"));
        }
        try {
            return new FrameOutcome.Read(step.frame(choice));
        } catch (InvalidStructureException e) {
            return new FrameOutcome.Refused(FormatException.of(place, e));
        }
    }
}
