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
import org.jspecify.annotations.Nullable;

/** The potential-service, on behalf of one project. */
public final class Trainer {

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
     * @param whileWaiting told how the training stands, every few seconds; may throw to end the waiting
     * @throws IllegalStateException if the training failed or was cancelled
     */
    public TrainingRecord train(String key, TrainingRequest request, Consumer<TrainingRecord> whileWaiting) {
        TrainingRecord training = trainings.post(key, request);
        while (!training.state().ended()) {
            whileWaiting.accept(training);
            training = trainings.get(training.id(), "2s");
        }
        if (training.state() != JobState.SUCCEEDED) {
            @Nullable String failure = training.failure();
            throw new IllegalStateException("%s %s%s"
                    .formatted(
                            training.id(),
                            training.state() == JobState.FAILED ? "failed" : "was cancelled",
                            failure == null ? "" : ": " + failure));
        }
        return training;
    }

    /**
     * Puts a potential to the test and waits for the end. Asking again with the same key finds the first acceptance.
     *
     * @param whileWaiting told how it stands, every few seconds; may throw to end the waiting
     * @throws IllegalStateException if it could not be carried out
     */
    public AcceptanceRecord accept(String key, AcceptanceRequest request, Consumer<AcceptanceRecord> whileWaiting) {
        AcceptanceRecord acceptance = acceptances.post(key, request);
        while (!acceptance.state().ended()) {
            whileWaiting.accept(acceptance);
            acceptance = acceptances.get(acceptance.id(), "2s");
        }
        if (acceptance.state() != JobState.SUCCEEDED) {
            @Nullable String failure = acceptance.failure();
            throw new IllegalStateException("%s %s%s"
                    .formatted(
                            acceptance.id(),
                            acceptance.state() == JobState.FAILED ? "failed" : "was cancelled",
                            failure == null ? "" : ": " + failure));
        }
        return acceptance;
    }

    public PotentialRecord potential(String id) {
        return potentials.get(id);
    }
}
