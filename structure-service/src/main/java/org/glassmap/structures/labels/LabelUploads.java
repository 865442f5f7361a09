package org.glassmap.structures.labels;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.glassmap.contract.labels.LabelDocument;
import org.glassmap.core.formats.Frame;
import org.glassmap.structures.contents.ContentId;
import org.glassmap.structures.contents.ContentKind;
import org.glassmap.structures.contents.InvalidInputException;
import org.glassmap.structures.contents.Owner;
import org.glassmap.structures.contents.Sight;
import org.glassmap.structures.structures.Admitted;
import org.glassmap.structures.structures.StructureStore;
import org.glassmap.structures.structures.StructureWire;
import org.glassmap.structures.uploads.Intake;
import org.glassmap.structures.uploads.Uploads;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Files of labels that were computed elsewhere, by a method that is stated. */
@RestController
class LabelUploads {

    private static final int LONGEST_NAME = 500;

    /** Keys that extended XYZ, in which datasets are read, has a meaning of its own for. */
    private static final Set<String> OF_THE_FORMAT =
            Set.of("Lattice", "Properties", "pbc", "energy", "stress", "forces");

    private final Uploads uploads;
    private final LabelledFrames frames;
    private final Sight sight;
    private final JsonMapper json;

    LabelUploads(Uploads uploads, LabelledFrames frames, Sight sight, JsonMapper json) {
        this.uploads = uploads;
        this.frames = frames;
        this.sight = sight;
        this.json = json;
    }

    /**
     * Takes a file of labelled frames.
     *
     * @param method whose labels they are
     * @param name of the upload, kept with every label; the file's name is a good one
     */
    @PostMapping("/v1/labels")
    void post(
            @RequestParam(required = false) @Nullable String method,
            @RequestParam(defaultValue = "upload") String name,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        if (method == null) {
            throw new InvalidInputException("method", null, "is missing", "name the method that made the labels");
        }
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new InvalidInputException("name", name, "is empty or too long", "give 1 to 500 characters");
        }
        ContentId id = sight.resolve(ContentKind.METHOD, method);
        uploads.take(request, response, this::frame, new Labels(sight.owner(), id, name));
    }

    private Frame frame(byte[] line) {
        LabelDocument document = json.readValue(line, LabelDocument.class);
        if (document.structure() == null) {
            throw new InvalidInputException("/structure", null, "is missing", "give the structure in full");
        }
        Frame frame = Frame.of(StructureWire.structure(document.structure())).withEnergy(document.energy());
        if (document.forces() != null) {
            frame = frame.withForces(StructureWire.numbers(
                    "/forces", document.forces(), frame.structure().size()));
        }
        if (document.stress() != null) {
            frame = frame.withStress(StructureWire.numbers("/stress", document.stress(), 3));
        }
        Map<String, String> attributes = document.attributes();
        return attributes == null ? frame : frame.withMetadata(checked(attributes));
    }

    private static Map<String, String> checked(Map<String, String> attributes) {
        attributes.forEach((key, value) -> {
            if (OF_THE_FORMAT.contains(key) || value == null) {
                throw new InvalidInputException(
                        "/attributes/" + key, value, "cannot be an attribute", "give it another name and a text");
            }
        });
        return attributes;
    }

    /** A frame with its label. */
    private record Labelled(Admitted structure, LabelStore.Sourced sourced) {}

    /** Keeps structures and labels together. */
    @Component
    static class LabelledFrames {

        private final StructureStore structures;
        private final LabelStore labels;
        private final TransactionTemplate transaction;

        LabelledFrames(StructureStore structures, LabelStore labels, TransactionTemplate transaction) {
            this.structures = structures;
            this.labels = labels;
            this.transaction = transaction;
        }

        Set<String> insert(Owner owner, List<Admitted> admitted, List<LabelStore.Sourced> sourced, String source) {
            Set<String> inserted = transaction.execute(status -> {
                structures.insert(owner, admitted, source);
                return labels.insert(owner, sourced, source);
            });
            return inserted == null ? Set.of() : inserted;
        }
    }

    private final class Labels implements Intake<Labelled> {

        private final Owner owner;
        private final ContentId method;
        private final String name;

        Labels(Owner owner, ContentId method, String name) {
            this.owner = owner;
            this.method = method;
            this.name = name;
        }

        @Override
        public Labelled admit(Frame frame) {
            double energy = frame.energy()
                    .orElseThrow(() -> new InvalidInputException(
                            "energy",
                            null,
                            "is missing",
                            "a label needs the energy of the cell in eV; post unlabelled frames to /v1/structures"));
            Admitted structure = Admitted.of(frame.structure());
            Label label = Label.of(
                    structure.id(),
                    method,
                    energy,
                    frame.forces().orElse(null),
                    frame.stress().orElse(null));
            LabelSource source = new LabelSource.Upload(owner.project(), name, frame.metadata());
            return new Labelled(structure, new LabelStore.Sourced(label, source));
        }

        @Override
        public List<Kept> keep(List<Labelled> admitted) {
            Set<String> inserted = frames.insert(
                    owner,
                    admitted.stream().map(Labelled::structure).toList(),
                    admitted.stream().map(Labelled::sourced).toList(),
                    "upload " + name);
            List<Kept> kept = new ArrayList<>(admitted.size());
            for (Labelled labelled : admitted) {
                ContentId label = labelled.sourced().label().id();
                // Removed, so that the same label twice in a file is new once.
                boolean first = inserted.remove(label.hash());
                Admitted structure = labelled.structure();
                kept.add(new Kept(first, structure.id().toString(), label.toString(), structure.warnings()));
            }
            return kept;
        }
    }
}
