package org.glassmap.core.formats;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Frames of a stream one after the other; holds one at a time. Closing it closes the stream. */
public interface FrameReader extends Closeable {

    /** The next outcome; empty at the end of the input, and ever after.
     *
     * @throws IOException if the stream fails; what the stream says never does
     */
    Optional<FrameOutcome> next() throws IOException;

    /** All frames that are left, for files known to be small and good.
     *
     * @throws FormatException at the first frame that is refused
     */
    default List<Frame> frames() throws IOException {
        List<Frame> frames = new ArrayList<>();
        for (Optional<FrameOutcome> outcome = next(); outcome.isPresent(); outcome = next()) {
            switch (outcome.get()) {
                case FrameOutcome.Read read -> frames.add(read.frame());
                case FrameOutcome.Refused refused -> throw refused.problem();
            }
        }
        return frames;
    }
}
