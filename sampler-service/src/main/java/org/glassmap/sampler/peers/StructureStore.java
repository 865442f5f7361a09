package org.glassmap.sampler.peers;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.glassmap.contract.calculations.BatchRecord;
import org.glassmap.contract.calculations.BatchRequest;
import org.glassmap.contract.calculations.CalculationRecord;
import org.glassmap.contract.calculations.CalculationRequest;
import org.glassmap.contract.calculations.CalculationsApi;
import org.glassmap.contract.datasets.DatasetRequest;
import org.glassmap.contract.datasets.DatasetVersion;
import org.glassmap.contract.datasets.DatasetsApi;
import org.glassmap.contract.labels.LabelRecord;
import org.glassmap.contract.labels.LabelsApi;
import org.glassmap.contract.methods.MethodRecord;
import org.glassmap.contract.methods.MethodsApi;
import org.glassmap.contract.pages.Page;
import org.glassmap.contract.structures.StructuresApi;
import org.glassmap.core.atoms.Structure;
import org.jspecify.annotations.Nullable;
import org.springframework.web.client.RestClient;

/** The structure-service, on behalf of one project. */
public final class StructureStore {

    private static final int PAGE = 200;

    private final StructuresApi structures;
    private final MethodsApi methods;
    private final CalculationsApi calculations;
    private final LabelsApi labels;
    private final DatasetsApi datasets;
    private final RestClient files;

    StructureStore(
            StructuresApi structures,
            MethodsApi methods,
            CalculationsApi calculations,
            LabelsApi labels,
            DatasetsApi datasets,
            RestClient files) {
        this.structures = structures;
        this.methods = methods;
        this.calculations = calculations;
        this.labels = labels;
        this.datasets = datasets;
        this.files = files;
    }

    /** Its id; a structure that is known stays the one it is. */
    public String post(Structure structure) {
        return structures.post(WireStructure.document(structure)).id();
    }

    public Structure structure(String id) {
        return WireStructure.structure(structures.document(id));
    }

    public MethodRecord method(String id) {
        return methods.get(id);
    }

    public LabelRecord label(String id) {
        return labels.get(id);
    }

    /** Frozen; the same labels are the same version. */
    public DatasetVersion dataset(String name, List<String> labelIds) {
        return datasets.post(name, new DatasetRequest(labelIds));
    }

    public byte[] artifact(String id) {
        byte @Nullable [] bytes =
                files.get().uri("/v1/artifacts/{id}", id).retrieve().body(byte[].class);
        if (bytes == null) {
            throw new IllegalStateException("artifact %s is empty".formatted(id));
        }
        return bytes;
    }

    /** Writes a dataset's frames as extended XYZ, as they come. */
    public void copyFrames(String dataset, OutputStream out) {
        files.get()
                .uri("/v1/datasets/{id}/frames", dataset)
                .exchange((request, answer) -> answer.getBody().transferTo(out));
    }

    /**
     * Asks for calculations as one batch and waits for its end. Asking again with the same key finds the first batch.
     *
     * @param whileWaiting told how the batch stands, every few seconds; may throw to end the waiting
     * @return in the order of the request
     */
    public List<CalculationRecord> calculate(
            String key, List<CalculationRequest> requests, Consumer<BatchRecord> whileWaiting) {
        if (requests.isEmpty()) {
            return List.of();
        }
        BatchRecord batch = calculations.postBatch(key, new BatchRequest(requests, List.of(), 0));
        while (!batch.ended()) {
            whileWaiting.accept(batch);
            batch = calculations.batch(batch.id(), "2s");
        }
        return calculationsOf(batch.id());
    }

    private List<CalculationRecord> calculationsOf(String batch) {
        List<CalculationRecord> all = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Page<CalculationRecord> page = calculations.batchCalculations(batch, cursor, PAGE);
            all.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);
        return all;
    }
}
