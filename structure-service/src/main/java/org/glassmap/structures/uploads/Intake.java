package org.glassmap.structures.uploads;

import java.util.List;
import org.glassmap.core.formats.Frame;
import org.jspecify.annotations.Nullable;

/**
 * What is done with the frames of a file.
 *
 * @param <T> what a frame becomes before it is kept
 */
public interface Intake<T> {

    /**
     * Looks at a frame.
     *
     * @throws org.glassmap.core.atoms.InvalidStructureException if it cannot be kept
     * @throws org.glassmap.structures.contents.InvalidInputException if it lacks what is needed
     */
    T admit(Frame frame);

    /** Keeps what was admitted, all in one transaction; tells of each in the order given. */
    List<Kept> keep(List<T> admitted);

    /**
     * What became of a frame that was kept.
     *
     * @param inserted false if the project had it already
     */
    record Kept(
            boolean inserted, String structure, @Nullable String label, List<String> warnings) {}
}
