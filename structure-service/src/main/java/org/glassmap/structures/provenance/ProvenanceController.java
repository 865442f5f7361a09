package org.glassmap.structures.provenance;

import org.glassmap.contract.provenance.ProvenanceApi;
import org.glassmap.contract.provenance.ProvenanceRecord;
import org.glassmap.structures.contents.ContentKind;
import org.glassmap.structures.contents.Sight;
import org.glassmap.support.problems.NothingThere;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ProvenanceController implements ProvenanceApi {

    private final Edges edges;
    private final Sight sight;

    ProvenanceController(Edges edges, Sight sight) {
        this.edges = edges;
        this.sight = sight;
    }

    @Override
    public ProvenanceRecord get(String id) {
        for (ContentKind kind : ContentKind.values()) {
            if (id.startsWith(kind.word() + "-")) {
                return edges.of(sight.project(), sight.resolve(kind, id));
            }
        }
        throw new NothingThere("thing with edges", id);
    }
}
