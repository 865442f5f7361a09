package org.glassmap.core.formats;

/** What became of one frame of a file. */
public sealed interface FrameOutcome {

    /** It was read. */
    record Read(Frame frame) implements FrameOutcome {}

    /** It was not, and here is why; the frames after it are read all the same. */
    record Refused(FormatException problem) implements FrameOutcome {}
}
