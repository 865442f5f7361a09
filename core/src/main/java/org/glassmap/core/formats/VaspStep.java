package org.glassmap.core.formats;

import org.glassmap.core.atoms.Structure;

/**
 * One complete ionic step of a VASP run.
 *
 * @param number from 1
 * @param state the structure in VASP's order of atoms, its forces (the derivative of the free energy) and its stress, as
 *     far as the file has them; no energy yet
 * @param energies eV
 * @param electronicSteps how many were done; 0 where a force field of VASP's answered instead
 * @param electronicallyConverged whether they ended before NELM was reached. VASP prints that EDIFF is reached even when
 *     NELM ended the loop, so the count decides
 */
public record VaspStep(
        int number, Frame state, Energies energies, int electronicSteps, boolean electronicallyConverged) {

    /**
     * The three energies that VASP gives for one state, eV.
     *
     * @param free of the electrons at their smearing, F; what the forces belong to ({@code e_fr_energy}, TOTEN)
     * @param withoutEntropy F + TS ({@code e_wo_entrp})
     * @param sigmaZero extrapolated to no smearing ({@code e_0_energy}); what most databases list
     */
    public record Energies(double free, double withoutEntropy, double sigmaZero) {

        public double of(Choice choice) {
            return switch (choice) {
                case FREE -> free;
                case WITHOUT_ENTROPY -> withoutEntropy;
                case SIGMA_ZERO -> sigmaZero;
            };
        }
    }

    /** Which of the energies is meant. */
    public enum Choice {
        FREE,
        WITHOUT_ENTROPY,
        SIGMA_ZERO;

        /** Of every label, however it came here: what most databases list. */
        public static final Choice OF_LABELS = SIGMA_ZERO;
    }

    /** Whether the energy is VASP's own electrons' and not a force field's. */
    public boolean firstPrinciples() {
        return electronicSteps > 0;
    }

    public Structure structure() {
        return state.structure();
    }

    /** Structure, energy, forces and stress; the numbers of the steps as metadata. */
    public Frame frame(Choice choice) {
        return state.withEnergy(energies.of(choice))
                .withMetadata("ionic_step", Integer.toString(number))
                .withMetadata("electronic_steps", Integer.toString(electronicSteps));
    }
}
