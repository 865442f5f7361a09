package org.glassmap.structures.methods;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The engine {@code potential}: a stored potential file answers. The file decides everything about energies;
 * relaxations know when to stop, as the core's own settings do.
 */
final class PotentialSchema implements EngineSchema {

    static final String POTENTIAL = "potential";
    private static final Pattern ARTIFACT = Pattern.compile("artifact-[0-9a-f]{64}");

    @Override
    public String engine() {
        return "potential";
    }

    @Override
    public Map<String, Object> complete(MethodKind kind, @Nullable Map<String, Object> given) {
        SettingsReader settings = new SettingsReader("/settings", given)
                .text(POTENTIAL, ARTIFACT, "give the id of the artifact that holds the potential: artifact-<sha-256>");
        if (kind.relaxes()) {
            settings.choice("minimiser", "lbfgs", "lbfgs", "fire")
                    .positive("forceTolerance", 0.02) // eV/Å, the paper's
                    .whole("maxEvaluations", 500, 1, 1_000_000)
                    .positive("maxStep", 0.2) // Å
                    .number("fusedBelow", 1.2, 0, 10) // Å
                    .text("labels", "last", LABELS, LABELS_REMEDY);
        }
        if (kind == MethodKind.CELL_RELAX) {
            settings.positive("stressTolerance", 6e-4) // eV/Å³: 0.1 GPa
                    .number("pressure", 0, -100, 100); // eV/Å³
        }
        return settings.complete(Map.of());
    }

    @Override
    public Map<String, Object> decidingEnergies(Map<String, Object> complete) {
        return Map.of(POTENTIAL, complete.get(POTENTIAL));
    }
}
