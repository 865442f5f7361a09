package org.glassmap.contract.provenance;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

/** The edges of a thing, as far as the structure-service knows them. */
public interface ProvenanceApi {

    /** @param id of a structure, method, calculation, label, dataset or artifact, in full or its unique beginning */
    @GetExchange(url = "/v1/provenance/{id}", accept = "application/json")
    ProvenanceRecord get(@PathVariable String id);
}
