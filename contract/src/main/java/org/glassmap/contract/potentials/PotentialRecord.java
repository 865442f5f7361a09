package org.glassmap.contract.potentials;

import java.util.List;
import org.glassmap.contract.trainings.TrainingRecord.EpochErrors;
import org.jspecify.annotations.Nullable;

/**
 * A trained potential: an immutable document and where it came from.
 *
 * @param id {@code potential-<sha-256>} of what computes
 * @param artifact of the file that holds it whole; engine {@code potential} takes it as {@code artifact-<sha-256>}
 * @param training that made it; absent for an import
 * @param errors at the end of the training
 * @param uncalibrated always true: the committee's spread is not calibrated
 * @param grade how predictions are graded; absent where no training set is known
 */
public record PotentialRecord(
        String id,
        String artifact,
        int members,
        List<String> species,
        double cutoff,
        @Nullable String training,
        @Nullable String dataset,
        List<EpochErrors> errors,
        boolean uncalibrated,
        String created,
        @Nullable GradeRecord grade) {}
