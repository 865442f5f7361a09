package org.glassmap.contract.labels;

import org.glassmap.contract.pages.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;

/**
 * Labels. They are posted as files of many frames ({@code POST /v1/labels?method=…} with the file's media type:
 * extended XYZ, an XSF archive, vasprun.xml, NDJSON of {@link LabelDocument}) and answered frame by frame, or they
 * come out of calculations.
 */
public interface LabelsApi {

    @GetExchange(url = "/v1/labels/{id}", accept = "application/json")
    LabelRecord get(@PathVariable String id);

    @GetExchange(url = "/v1/labels", accept = "application/json")
    Page<LabelRecord> list(
            @RequestParam(required = false) @Nullable String method,
            @RequestParam(required = false) @Nullable String structure,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit);
}
