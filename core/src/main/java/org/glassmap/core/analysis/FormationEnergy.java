package org.glassmap.core.analysis;

import org.glassmap.core.atoms.Composition;
import org.glassmap.core.atoms.CompositionLine;
import org.glassmap.core.atoms.LinePosition;

/**
 * Energies of formation from the two end members of a line.
 *
 * <p>Per formula unit a(x) b(1−x): E_f = E/(n_a + n_b) − x E(a) − (1−x) E(b), and per atom that divided by the atoms of
 * the unit, 7 − 4x on Li2S–P2S5 (Guo et al., Chem. Mater. 2022, doi 10.1021/acs.chemmater.2c00267, eq. 1, with E read as
 * the energy of one formula unit). Terms linear in the composition cancel.
 *
 * @param energyA eV per formula of the line's a
 * @param energyB eV per formula of the line's b
 */
public record FormationEnergy(CompositionLine line, double energyA, double energyB) {

    public FormationEnergy {
        if (!Double.isFinite(energyA) || !Double.isFinite(energyB)) {
            throw new IllegalArgumentException(
                    "energies of the end members must be finite, got %s and %s eV".formatted(energyA, energyB));
        }
    }

    /** eV per formula unit, of a structure with this energy (eV, of the whole). */
    public double perUnit(LinePosition position, double energy) {
        // Whole numbers first: for the end members themselves nothing is left but rounding of one product.
        double ends = (position.unitsA() * energyA + position.unitsB() * energyB) / position.denominator();
        return (energy - ends) / position.units();
    }

    /** eV/atom. */
    public double perAtom(LinePosition position, double energy) {
        return perUnit(position, energy) / line.atomsPerUnit(position.x());
    }

    /** eV/atom.
     *
     * @throws IllegalArgumentException with the reason, if the composition is not on the line
     */
    public double perAtom(Composition composition, double energy) {
        return perAtom(line.position(composition), energy);
    }
}
