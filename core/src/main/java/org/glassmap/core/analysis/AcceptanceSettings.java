package org.glassmap.core.analysis;

import java.util.List;
import org.glassmap.core.atoms.Species;

/**
 * What a potential is put through before use, and how much is forgiven.
 *
 * @param energyTolerance eV per atom: root mean square of an equation of state against its labels
 * @param volumeTolerance relative, of a relaxed crystal against the stored one
 * @param imaginaryTolerance THz: frequencies down to minus this are no imaginary modes
 * @param acousticTolerance THz: how far the three acoustic modes may lie from 0
 * @param temperatures K, of the dynamics
 * @param time fs, of the dynamics at each temperature
 * @param leastAtoms crystals are repeated to at least as many for the dynamics
 * @param holeDepth eV (per atom where a cell is squeezed): by how much a curve may fall on the way in
 * @param bonds what must neither break nor form when a crystal relaxes
 * @param seed of the dynamics
 */
public record AcceptanceSettings(
        double energyTolerance,
        double volumeTolerance,
        double imaginaryTolerance,
        double acousticTolerance,
        List<Double> temperatures,
        double time,
        int leastAtoms,
        double holeDepth,
        List<Bond> bonds,
        long seed) {

    /** @param length Å; two atoms closer than this are bonded */
    public record Bond(Species first, Species second, double length) {}

    /** Thiophosphates: P–S below 2.5, P–P below 2.6, S–S below 2.35 Å. */
    public static final List<Bond> THIOPHOSPHATE = List.of(
            new Bond(Species.P, Species.S, 2.5),
            new Bond(Species.P, Species.P, 2.6),
            new Bond(Species.S, Species.S, 2.35));

    /** 10 ps at 300, 900 and 1500 K. */
    public static final AcceptanceSettings DEFAULT = new AcceptanceSettings(
            0.02, 0.08, 0.3, 0.1, List.of(300.0, 900.0, 1500.0), 10_000, 64, 0.05, THIOPHOSPHATE, 1);

    public AcceptanceSettings {
        temperatures = List.copyOf(temperatures);
        bonds = List.copyOf(bonds);
        requirePositive("energyTolerance", energyTolerance);
        requirePositive("volumeTolerance", volumeTolerance);
        requirePositive("imaginaryTolerance", imaginaryTolerance);
        requirePositive("acousticTolerance", acousticTolerance);
        requirePositive("time", time);
        requirePositive("holeDepth", holeDepth);
        temperatures.forEach(temperature -> requirePositive("temperature", temperature));
        if (leastAtoms < 1 || leastAtoms > 10_000) {
            throw new IllegalArgumentException("leastAtoms must be 1 to 10000, got " + leastAtoms);
        }
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0) || !Double.isFinite(value)) {
            throw new IllegalArgumentException("%s must be positive, got %s".formatted(name, value));
        }
    }
}
