package org.glassmap.core.formats;

import java.util.List;
import java.util.Optional;

/** A VASP output as a whole. */
public record VaspRun(VaspHeader header, List<VaspStep> steps, VaspEnding ending) {

    /** In all steps together; more are not kept at once. */
    static final long MOST_ATOMS = 4_000_000;

    public VaspRun {
        steps = List.copyOf(steps);
    }

    /** The last complete ionic step. */
    public Optional<VaspStep> last() {
        return steps.isEmpty() ? Optional.empty() : Optional.of(steps.getLast());
    }
}
