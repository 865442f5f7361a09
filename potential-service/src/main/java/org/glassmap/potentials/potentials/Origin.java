package org.glassmap.potentials.potentials;

import java.util.List;
import java.util.UUID;
import org.glassmap.contract.trainings.CalibrationDocument;
import org.glassmap.contract.trainings.TrainingRecord.EpochErrors;
import org.jspecify.annotations.Nullable;

/** How a potential came about. */
public sealed interface Origin {

    /** Who made it. */
    String maker();

    /**
     * @param dataset id of the frozen version
     * @param settings the whole request, every default filled in, as JSON
     * @param errors of the last epoch of each member
     * @param calibration of the committee's spread; absent where it is not calibrated
     * @param kernel by which it computed; absent where it was not recorded
     */
    record Training(
            String maker,
            UUID training,
            String dataset,
            long seed,
            String settings,
            List<EpochErrors> errors,
            @Nullable CalibrationDocument calibration,
            @Nullable String kernel)
            implements Origin {

        public Training {
            errors = List.copyOf(errors);
        }
    }

    /** @param what the kind of file it was read from */
    record Import(String maker, String what) implements Origin {}
}
