package org.glassmap.worker.artifacts;

import java.io.IOException;
import java.io.InputStream;

/** Where files come from that are not here yet. */
@FunctionalInterface
public interface ArtifactSource {

    /**
     * @return the bytes of an artifact; the caller closes it
     * @throws UnknownArtifactException if there is no such file, or it is not ours to see
     * @throws IOException if it cannot be had just now
     */
    InputStream open(String artifact) throws IOException;

    /** There is no such file. */
    final class UnknownArtifactException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public UnknownArtifactException(String artifact) {
            super("the store has no " + artifact + " for this agent");
        }
    }
}
