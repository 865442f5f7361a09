package org.glassmap.core.learning;

/**
 * What training makes small. Of one frame of n atoms:
 *
 * <pre>
 *   w [ energy (ΔE/n)² + force ⟨ΔF²⟩ + virial ⟨ΔW²⟩/n² ],   w = weight / (1 + (F_rms/softForce)²)
 * </pre>
 *
 * with ⟨⟩ the mean over components, and F_rms that of the labels' components: strongly distorted frames count less.
 *
 * @param energy 1/eV²
 * @param force Å²/eV²; 0 leaves forces out
 * @param virial 1/eV²; 0 leaves stresses out
 * @param softForce eV/Å; infinity weighs all frames alike
 * @param energyGrowth the factor by which {@code energy} has grown at the end
 * @param growthShare the last share of the training in which it grows, evenly
 */
public record LossSettings(
        double energy, double force, double virial, double softForce, double energyGrowth, double growthShare) {

    /** A recipe that worked for energies, forces and stresses of Li–P–S. */
    public static final LossSettings DEFAULT = new LossSettings(50, 1, 5, 2, 5, 0.4);

    /** Energies alone, per atom, all frames alike, half of the square as in ænet, but in eV. */
    public static final LossSettings ENERGIES = new LossSettings(0.5, 0, 0, Double.POSITIVE_INFINITY, 1, 0);

    public LossSettings {
        require("energy", energy >= 0, energy);
        require("force", force >= 0, force);
        require("virial", virial >= 0, virial);
        require("softForce", softForce > 0, softForce);
        require("energyGrowth", energyGrowth > 0 && Double.isFinite(energyGrowth), energyGrowth);
        require("growthShare", growthShare >= 0 && growthShare <= 1, growthShare);
        if (!(energy + force + virial > 0) || !Double.isFinite(energy + force + virial)) {
            throw new IllegalArgumentException(
                    "energy, force and virial weights must be finite and not all 0, got %s, %s, %s"
                            .formatted(energy, force, virial));
        }
    }

    private static void require(String name, boolean holds, double value) {
        if (!holds) {
            throw new IllegalArgumentException("loss setting %s cannot be %s".formatted(name, value));
        }
    }

    /** Whether energies alone are learnt. */
    boolean energiesAlone() {
        return force == 0 && virial == 0;
    }

    /** The weight of the energy when {@code progress} (0 to 1) of the training is done. */
    double energyAt(double progress) {
        double since = growthShare == 0 ? 0 : Math.max(0, (progress - (1 - growthShare)) / growthShare);
        return energy * (1 + (energyGrowth - 1) * since);
    }
}
