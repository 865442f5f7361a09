package org.glassmap.contract.potentials;

import java.util.List;
import org.glassmap.contract.trainings.CalibrationDocument;
import org.glassmap.contract.trainings.TrainingRecord.EpochErrors;
import org.jspecify.annotations.Nullable;

/**
 * A trained potential: an immutable document and where it came from.
 *
 * @param id {@code potential-<sha-256>} of what computes
 * @param artifact of the file that holds it whole; engine {@code potential} takes it as {@code artifact-<sha-256>}
 * @param training that made it; absent for an import
 * @param errors at the end of the training
 * @param uncalibrated whether the committee's spread is not calibrated
 * @param grade how predictions are graded; absent where no training set is known
 * @param calibration of the committee's spread, on frames that neither training nor stopping saw; absent where there was none
 * @param acceptance what came of putting it to the test; absent where that has not been done
 * @param kernel by which its training computed; absent for an import, and where it was not recorded
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
        @Nullable GradeRecord grade,
        @Nullable CalibrationDocument calibration,
        @Nullable AcceptanceSummary acceptance,
        @Nullable String kernel) {}
