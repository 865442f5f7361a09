package org.glassmap.contract.trainings;

import java.util.List;
import org.glassmap.contract.jobs.JobProgress;
import org.glassmap.contract.jobs.JobState;
import org.jspecify.annotations.Nullable;

/**
 * A training and how it goes.
 *
 * @param id {@code training-<hex>}
 * @param dataset id of the frozen version
 * @param request with every default filled in
 * @param errors of the newest epoch of each member
 * @param potential id of the trained committee; absent before the end
 * @param failure why it failed; absent elsewhere
 * @param kernel by which it computes, such as {@code plain-3}: the same id means the same bits; absent before it begins
 */
public record TrainingRecord(
        String id,
        String dataset,
        TrainingRequest request,
        JobState state,
        JobProgress progress,
        List<EpochErrors> errors,
        @Nullable String potential,
        @Nullable String failure,
        String created,
        @Nullable String kernel) {

    /**
     * Root mean square errors of both parts.
     *
     * @param energy per atom, eV
     * @param force of a component, eV/Å; absent where no label has forces
     * @param start which of a member's starts, from 1; absent where it has one
     */
    public record EpochErrors(
            int member,
            int epoch,
            double trainingEnergy,
            @Nullable Double trainingForce,
            @Nullable Double validationEnergy,
            @Nullable Double validationForce,
            @Nullable Integer start) {

        public EpochErrors(
                int member,
                int epoch,
                double trainingEnergy,
                @Nullable Double trainingForce,
                @Nullable Double validationEnergy,
                @Nullable Double validationForce) {
            this(member, epoch, trainingEnergy, trainingForce, validationEnergy, validationForce, null);
        }
    }
}
