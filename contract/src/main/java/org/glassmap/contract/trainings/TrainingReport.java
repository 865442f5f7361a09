package org.glassmap.contract.trainings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How good a trained potential is, on every frame of its dataset.
 *
 * @param potential that was judged
 * @param parts errors on what was trained on, validated on, and kept from both
 * @param groups errors by the value of the key of the split; empty without a key
 * @param compositions errors by composition, such as {@code Li12 P4 S16}
 * @param elements errors of the forces on atoms of one element, outside the training part where there is such
 * @param worst the ten frames with the largest errors in energy, largest first
 * @param calibration of the committee's spread; absent where it is not calibrated
 * @param energies labelled and predicted, of every frame
 * @param forces labelled and predicted components, every n-th, so that there are at most 5,000
 * @param leftOut labels that were not taken, each with the reason
 * @param warnings what a reader of the errors should know
 */
public record TrainingReport(
        String training,
        String potential,
        List<ErrorsOf> parts,
        List<ErrorsOf> groups,
        List<ErrorsOf> compositions,
        List<ErrorsOf> elements,
        List<FrameError> worst,
        @Nullable CalibrationDocument calibration,
        List<EnergyPoint> energies,
        List<ForcePoint> forces,
        List<LeftOut> leftOut,
        List<String> warnings) {

    /**
     * @param of part, group, composition or element
     * @param energy root mean square, eV/atom; absent for elements
     * @param meanEnergy mean of predicted minus labelled, eV/atom: a part of the error that is the same for all
     * @param force root mean square of a component, eV/Å; absent where no label has forces
     */
    public record ErrorsOf(
            String of,
            int frames,
            @Nullable Double energy,
            @Nullable Double meanEnergy,
            @Nullable Double force) {}

    /**
     * @param part {@code training}, {@code validation} or {@code calibration}
     * @param labelled eV/atom
     * @param predicted eV/atom
     * @param force root mean square of the error of a component, eV/Å; absent without labelled forces
     * @param link where the structure is
     */
    public record FrameError(
            String label,
            String structure,
            String part,
            double labelled,
            double predicted,
            @Nullable Double force,
            String link) {}

    /** eV/atom. */
    public record EnergyPoint(String part, double labelled, double predicted) {}

    /** eV/Å. */
    public record ForcePoint(String part, double labelled, double predicted) {}

    public record LeftOut(String label, String reason) {}
}
