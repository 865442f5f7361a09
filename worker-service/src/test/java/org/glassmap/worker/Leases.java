package org.glassmap.worker;

import java.util.Map;
import java.util.TreeMap;
import org.glassmap.contract.agents.Lease;
import org.glassmap.contract.methods.MethodRecord;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.glassmap.worker.engines.StructureWire;
import tools.jackson.databind.json.JsonMapper;

/** Leases as the queue would give them. */
public final class Leases {

    public static final JsonMapper JSON = JsonMapper.builder().build();
    public static final String ARTIFACT = "artifact-" + "ab".repeat(32);

    private Leases() {}

    /** Two Li2S units, a little out of place; numbers with all their digits. */
    public static Structure lithiumSulphide() {
        Cell cell = Cell.periodic(5.0 / 3 * 2.4, 0.1, 0, 0, 4.1, 0.2, 0.3, 0, 7.7);
        return Structure.ofFractional(
                cell,
                java.util.List.of(Species.Li, Species.Li, Species.S, Species.Li, Species.Li, Species.S),
                new double[] {
                    0.26, 0.25, 0.12, 0.75, 0.76, 0.13, 0.01, 0.02, 1.0 / 3, 0.24, 0.77, 0.62, 0.73, 0.26, 0.61, 0.51,
                    0.49, 0.84
                });
    }

    public static Lease statics(String id, Structure structure) {
        return lease(id, structure, "static", Map.of());
    }

    public static Lease lease(String id, Structure structure, String kind, Map<String, Object> settings) {
        TreeMap<String, Object> all = new TreeMap<>(settings);
        all.put("potential", ARTIFACT);
        MethodRecord method = new MethodRecord("method-1", "potential", kind, all, "level-1");
        return new Lease(
                id,
                "calculation-" + structure.hash(),
                1,
                "structure-" + structure.hash(),
                StructureWire.document(structure),
                method,
                "2026-01-01T00:00:00Z");
    }

    /** As the store fills them in. */
    public static Map<String, Object> relaxation(String labels) {
        return new TreeMap<>(Map.of(
                "minimiser", "lbfgs",
                "forceTolerance", 0.01,
                "stressTolerance", 1e-3,
                "pressure", 0.0,
                "maxEvaluations", 300,
                "maxStep", 0.2,
                "fusedBelow", 1.2,
                "labels", labels));
    }
}
