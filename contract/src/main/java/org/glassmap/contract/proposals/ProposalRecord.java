package org.glassmap.contract.proposals;

import java.util.List;
import java.util.Map;
import org.glassmap.contract.jobs.JobProgress;
import org.glassmap.contract.jobs.JobState;
import org.glassmap.contract.trainings.TrainingRequest.DescriptorDocument;
import org.jspecify.annotations.Nullable;

/**
 * A proposal and how it was found.
 *
 * @param id {@code proposal-<hex>}
 * @param request with every default filled in
 * @param descriptor as {@code POST /v1/trainings} takes it; absent before the end
 * @param trials in the order they were made, the paper's settings first
 * @param shortest distance of every pair in the frames, Å, as {@code Li-S}: a repulsion beneath the network must end below
 * @param failure why there is none; absent elsewhere
 * @param kernel by which the trials were fitted; absent before the end
 */
public record ProposalRecord(
        String id,
        ProposalRequest request,
        JobState state,
        JobProgress progress,
        @Nullable DescriptorDocument descriptor,
        List<Trial> trials,
        Map<String, Double> shortest,
        @Nullable String failure,
        String created,
        @Nullable String kernel) {

    /**
     * @param features of one atom
     * @param energy root mean square error per atom of the validation frames, eV
     * @param force of a component, eV/Å; absent where no label has forces
     */
    public record Trial(
            DescriptorDocument descriptor,
            int features,
            double energy,
            @Nullable Double force) {}
}
