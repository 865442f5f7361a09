package org.glassmap.worker.artifacts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.glassmap.support.problems.RemoteProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** Artifacts of the store, streamed. */
public final class RemoteArtifacts implements ArtifactSource {

    private final RestClient store;

    public RemoteArtifacts(RestClient store) {
        this.store = store;
    }

    @Override
    public InputStream open(String artifact) throws IOException {
        try {
            // Whole: a potential is some hundred kilobytes, and a stream would outlive the exchange it comes from.
            byte @Nullable [] bytes =
                    store.get().uri("/v1/artifacts/{id}", artifact).retrieve().body(byte[].class);
            if (bytes == null) {
                throw new IOException(artifact + " came without a body");
            }
            return new ByteArrayInputStream(bytes);
        } catch (RemoteProblemException e) {
            if (e.document().status() == 404) {
                throw new UnknownArtifactException(artifact);
            }
            throw new IOException("the store does not give " + artifact + ": " + e.getMessage(), e);
        } catch (RestClientException e) {
            throw new IOException("the store does not answer: " + e.getMessage(), e);
        }
    }
}
