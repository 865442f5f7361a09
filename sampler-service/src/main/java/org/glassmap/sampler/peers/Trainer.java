package org.glassmap.sampler.peers;

import java.util.function.Consumer;
import org.glassmap.contract.acceptances.AcceptanceRecord;
import org.glassmap.contract.acceptances.AcceptanceRequest;
import org.glassmap.contract.acceptances.AcceptancesApi;
import org.glassmap.contract.jobs.JobState;
import org.glassmap.contract.potentials.PotentialRecord;
import org.glassmap.contract.potentials.PotentialsApi;
import org.glassmap.contract.trainings.TrainingRecord;
import org.glassmap.contract.trainings.TrainingRequest;
import org.glassmap.contract.trainings.TrainingsApi;
import org.glassmap.support.jobs.JobCancelledException;
import org.jspecify.annotations.Nullable;

/** The potential-service, on behalf of one project. */
public final class Trainer {

    private static final String WAIT = "2s";

    private final TrainingsApi trainings;
    private final PotentialsApi potentials;
    private final AcceptancesApi acceptances;

    Trainer(TrainingsApi trainings, PotentialsApi potentials, AcceptancesApi acceptances) {
        this.trainings = trainings;
        this.potentials = potentials;
        this.acceptances = acceptances;
    }

    /**
     * Trains and waits for the end. Asking again with the same key finds the first training.
     *
     * @param whileWaiting told how the training stands, every few seconds; where it throws that the campaign is
     *     cancelled, so is the training: whoever has its key is the only one who waits for it
     * @throws IllegalStateException if the training failed or was cancelled
     */
    public TrainingRecord train(String key, TrainingRequest request, Consumer<TrainingRecord> whileWaiting) {
        TrainingRecord training = trainings.post(key, request);
        try {
            while (!training.state().ended()) {
                whileWaiting.accept(training);
                training = trainings.get(training.id(), WAIT);
            }
        } catch (JobCancelledException e) {
            trainings.cancel(training.id());
            throw e;
        }
        requireSucceeded(training.id(), training.state(), training.failure());
        return training;
    }

    /**
     * Puts a potential to the test and waits for the end. Asking again with the same key finds the first acceptance.
     *
     * @param whileWaiting told how it stands, as a training's
     * @throws IllegalStateException if it could not be carried out
     */
    public AcceptanceRecord accept(String key, AcceptanceRequest request, Consumer<AcceptanceRecord> whileWaiting) {
        AcceptanceRecord acceptance = acceptances.post(key, request);
        try {
            while (!acceptance.state().ended()) {
                whileWaiting.accept(acceptance);
                acceptance = acceptances.get(acceptance.id(), WAIT);
            }
        } catch (JobCancelledException e) {
            acceptances.cancel(acceptance.id());
            throw e;
        }
        requireSucceeded(acceptance.id(), acceptance.state(), acceptance.failure());
        return acceptance;
    }

    private static void requireSucceeded(String id, JobState state, @Nullable String failure) {
        if (state != JobState.SUCCEEDED) {
            throw new IllegalStateException("%s %s%s"
                    .formatted(
                            id,
                            state == JobState.FAILED ? "failed" : "was cancelled",
                            failure == null ? "" : ": " + failure));
        }
    }

    public PotentialRecord potential(String id) {
        return potentials.get(id);
    }
}
