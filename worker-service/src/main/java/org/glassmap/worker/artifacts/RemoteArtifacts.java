package org.glassmap.worker.artifacts;

import java.io.IOException;
import java.io.InputStream;
import org.glassmap.support.problems.RemoteProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
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
            @Nullable
            InputStreamResource stream =
                    store.get().uri("/v1/artifacts/{id}", artifact).retrieve().body(InputStreamResource.class);
            if (stream == null) {
                throw new IOException(artifact + " came without a body");
            }
            return stream.getInputStream();
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
