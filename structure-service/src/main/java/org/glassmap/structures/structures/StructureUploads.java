package org.glassmap.structures.structures;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.glassmap.contract.structures.StructureDocument;
import org.glassmap.core.formats.Frame;
import org.glassmap.structures.contents.Owner;
import org.glassmap.structures.contents.Sight;
import org.glassmap.structures.uploads.Intake;
import org.glassmap.structures.uploads.Uploads;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Files of structures; what else they say is passed over. */
@RestController
class StructureUploads {

    private final Uploads uploads;
    private final StructureStore structures;
    private final Sight sight;
    private final JsonMapper json;

    StructureUploads(Uploads uploads, StructureStore structures, Sight sight, JsonMapper json) {
        this.uploads = uploads;
        this.structures = structures;
        this.sight = sight;
        this.json = json;
    }

    @PostMapping(path = "/v1/structures", consumes = "!application/json")
    void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
        uploads.take(request, response, this::frame, new Structures(sight.owner()));
    }

    private Frame frame(byte[] line) {
        return Frame.of(StructureWire.structure(json.readValue(line, StructureDocument.class)));
    }

    private final class Structures implements Intake<Admitted> {

        private final Owner owner;

        Structures(Owner owner) {
            this.owner = owner;
        }

        @Override
        public Admitted admit(Frame frame) {
            return Admitted.of(frame.structure());
        }

        @Override
        public List<Kept> keep(List<Admitted> admitted) {
            Set<String> inserted = structures.insert(owner, admitted, "upload");
            List<Kept> kept = new ArrayList<>(admitted.size());
            for (Admitted structure : admitted) {
                // Removed, so that the same structure twice in a file is new once.
                boolean first = inserted.remove(structure.id().hash());
                kept.add(new Kept(first, structure.id().toString(), null, structure.warnings()));
            }
            return kept;
        }
    }
}
