package org.glassmap.contract.structures;

import org.glassmap.contract.pages.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Structures. Posting one that is known answers with the known one; files of many frames are posted to the same
 * address under their own media type and answered frame by frame.
 */
public interface StructuresApi {

    @PostExchange(url = "/v1/structures", contentType = "application/json", accept = "application/json")
    StructureSummary post(@RequestBody StructureDocument structure);

    @GetExchange(url = "/v1/structures/{id}", accept = "application/json")
    StructureDocument document(@PathVariable String id);

    @GetExchange(url = "/v1/structures/{id}/summary", accept = "application/json")
    StructureSummary summary(@PathVariable String id);

    @GetExchange(url = "/v1/structures", accept = "application/json")
    Page<StructureSummary> list(
            @RequestParam(required = false) @Nullable String formula,
            @RequestParam(required = false) @Nullable String elements,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit);
}
