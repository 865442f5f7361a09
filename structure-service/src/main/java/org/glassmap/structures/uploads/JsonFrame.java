package org.glassmap.structures.uploads;

import org.glassmap.core.formats.Frame;

/** Reads a frame from a JSON object. */
@FunctionalInterface
public interface JsonFrame {

    /**
     * The frame that the bytes of one line say.
     *
     * @throws org.glassmap.structures.contents.InvalidInputException naming the part that cannot be
     * @throws org.glassmap.core.atoms.InvalidStructureException if what it says cannot be a frame
     * @throws tools.jackson.core.JacksonException if it is no such JSON
     */
    Frame read(byte[] line);
}
