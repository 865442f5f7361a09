package org.glassmap.contract.trainings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By how much a committee's spread is multiplied to be the standard deviation of its errors, told from frames that
 * neither training nor stopping saw.
 *
 * @param frames how many
 * @param energy of energies per atom
 * @param force of the forces on atoms; absent where no frame had forces
 */
public record CalibrationDocument(
        int frames, SpreadDocument energy, @Nullable SpreadDocument force) {

    /**
     * @param factor on the standard deviation of the members (n − 1)
     * @param cases errors it was told from
     * @param within68 share of the errors below one calibrated standard deviation; 0.68 if all is well
     * @param within95 share below 1.96 of them; 0.95 if all is well
     * @param bins from the smallest expected error to the largest
     */
    public record SpreadDocument(double factor, int cases, double within68, double within95, List<BinDocument> bins) {}

    /**
     * @param expected root mean square by the calibrated spread, eV/atom or eV/Å
     * @param observed root mean square of the errors
     */
    public record BinDocument(int cases, double expected, double observed) {}
}
