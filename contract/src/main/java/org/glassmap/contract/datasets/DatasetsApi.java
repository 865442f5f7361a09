package org.glassmap.contract.datasets;

import org.glassmap.contract.pages.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Datasets: names over immutable versions. {@code GET /v1/datasets/{dataset}/frames} streams a version as extended
 * XYZ with energy, forces, stress and the keys {@code label}, {@code structure} and those of the sources.
 */
public interface DatasetsApi {

    /** The same labels as the newest version answer with that version. */
    @PostExchange(url = "/v1/datasets/{name}/versions", contentType = "application/json", accept = "application/json")
    DatasetVersion post(@PathVariable String name, @RequestBody DatasetRequest request);

    /** @param dataset an id, {@code name@version}, or a name for its newest version */
    @GetExchange(url = "/v1/datasets/{dataset}", accept = "application/json")
    DatasetVersion get(@PathVariable String dataset);

    @GetExchange(url = "/v1/datasets", accept = "application/json")
    Page<DatasetVersion> list(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit);
}
