package org.glassmap.contract.potentials;

import org.jspecify.annotations.Nullable;

/**
 * @param energy eV, of the whole cell: the mean of the members
 * @param forces eV/Å, {@code [n][3]}; absent where not asked for
 * @param stress eV/Å³, {@code [3][3]}, tension positive; absent in open space and where not asked for
 * @param energySpread standard deviation of the members' energies per atom, eV, uncalibrated; absent for one member
 * @param grade the largest extrapolation grade of an atom: up to 1 the potential interpolates; absent where the potential
 *     has none
 * @param gradeAtom the atom that has it, from 1
 * @param grades of every atom, where asked for
 * @param calibrated whether the standard deviations below are the committee's spread calibrated on frames it never saw
 * @param energySigma of the energy per atom, eV; absent where it is not calibrated
 * @param forceSigmas of a component of the force on every atom, eV/Å, {@code [n]}; absent where they are not calibrated
 * @param atomicEnergies eV, {@code [n]}, the mean of the members without the repulsion, which belongs to no atom; absent
 *     where not asked for
 * @param descriptors {@code [n][features]}: of every atom that of its species, not scaled, by the plain kernel; absent where
 *     not asked for
 * @param kernel by which it was computed, such as {@code lanes8-2}: kernels agree to rounding, the same id means the same bits
 */
public record Prediction(
        double energy,
        double @Nullable [][] forces,
        double @Nullable [][] stress,
        @Nullable Double energySpread,
        @Nullable Double grade,
        @Nullable Integer gradeAtom,
        double @Nullable [] grades,
        boolean calibrated,
        @Nullable Double energySigma,
        double @Nullable [] forceSigmas,
        double @Nullable [] atomicEnergies,
        double @Nullable [][] descriptors,
        String kernel) {}
