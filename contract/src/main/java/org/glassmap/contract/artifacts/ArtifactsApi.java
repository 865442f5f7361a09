package org.glassmap.contract.artifacts;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

/**
 * Artifacts. The bytes go up with {@code PUT /v1/artifacts/{sha256}} (refused where they hash to something else) and
 * come down with {@code GET /v1/artifacts/{id}}, streamed both ways, with {@code Range}.
 */
public interface ArtifactsApi {

    @GetExchange(url = "/v1/artifacts/{id}/record", accept = "application/json")
    ArtifactRecord record(@PathVariable String id);
}
