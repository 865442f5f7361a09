package org.glassmap.analyses.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.glassmap.contract.datasets.DatasetVersion;
import org.glassmap.contract.datasets.DatasetsApi;
import org.glassmap.contract.labels.LabelRecord;
import org.glassmap.contract.labels.LabelsApi;
import org.glassmap.contract.methods.MethodRecord;
import org.glassmap.contract.methods.MethodsApi;
import org.glassmap.contract.structures.StructuresApi;
import org.glassmap.core.atoms.Composition;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.formats.ExtendedXyz;
import org.glassmap.core.formats.Frame;
import org.glassmap.core.formats.FrameOutcome;
import org.glassmap.core.formats.FrameReader;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.web.client.RestClient;

/** The labels of the structure-service, on behalf of one project. Methods and structures are asked for once each. */
public final class LabelStore {

    private final LabelsApi labels;
    private final StructuresApi structures;
    private final MethodsApi methods;
    private final DatasetsApi datasets;
    private final RestClient files;
    private final Map<String, MethodRecord> knownMethods = new HashMap<>();
    private final Map<String, Composition> knownCompositions = new HashMap<>();

    LabelStore(LabelsApi labels, StructuresApi structures, MethodsApi methods, DatasetsApi datasets, RestClient files) {
        this.labels = labels;
        this.structures = structures;
        this.methods = methods;
        this.datasets = datasets;
        this.files = files;
    }

    public LabelRecord label(String id) {
        return labels.get(id);
    }

    public EnergyOfStructure energy(LabelRecord label) {
        @Nullable
        String calculation = label.sources().stream()
                .map(LabelRecord.LabelSource::calculation)
                .filter(id -> id != null)
                .findFirst()
                .orElse(null);
        return new EnergyOfStructure(
                label.id(), label.structure(), composition(label.structure()), label.energy(), calculation);
    }

    public MethodRecord method(String id) {
        return knownMethods.computeIfAbsent(id, methods::get);
    }

    /** @param dataset an id, {@code name@version}, or a name for its newest version */
    public DatasetVersion dataset(String dataset) {
        return datasets.get(dataset);
    }

    /** All labels of a version, streamed in. */
    public List<EnergyOfStructure> energies(DatasetVersion dataset) {
        @Nullable
        InputStreamResource stream = files.get()
                .uri("/v1/datasets/{id}/frames", dataset.id())
                .retrieve()
                .body(InputStreamResource.class);
        if (stream == null) {
            return List.of();
        }
        List<EnergyOfStructure> energies = new ArrayList<>();
        try (InputStream in = stream.getInputStream();
                FrameReader frames = ExtendedXyz.reader(in)) {
            for (Optional<FrameOutcome> next = frames.next(); next.isPresent(); next = frames.next()) {
                switch (next.get()) {
                    case FrameOutcome.Read read -> energies.add(energy(read.frame()));
                    case FrameOutcome.Refused refused ->
                        throw new IllegalStateException(dataset.id() + " cannot be read", refused.problem());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the structure-service stopped in the middle of " + dataset.id(), e);
        }
        if (energies.size() != dataset.labels()) {
            throw new IllegalStateException(
                    "%s has %d labels, %d frames came".formatted(dataset.id(), dataset.labels(), energies.size()));
        }
        return energies;
    }

    private static EnergyOfStructure energy(Frame frame) {
        return new EnergyOfStructure(
                key(frame, "label"),
                key(frame, "structure"),
                frame.structure().composition(),
                frame.energy().orElseThrow(() -> new IllegalStateException("a label of a dataset has no energy")),
                frame.metadata().get("calculation"));
    }

    private static String key(Frame frame, String key) {
        @Nullable String value = frame.metadata().get(key);
        if (value == null) {
            throw new IllegalStateException("a frame of a dataset has no key " + key);
        }
        return value;
    }

    private Composition composition(String structure) {
        return knownCompositions.computeIfAbsent(structure, id -> {
            EnumMap<Species, Integer> counts = new EnumMap<>(Species.class);
            structures.document(id).species().forEach(symbol -> counts.merge(Species.of(symbol), 1, Integer::sum));
            return Composition.of(counts);
        });
    }
}
