package org.glassmap.potentials.trainings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.jobs.JobState;
import org.glassmap.contract.trainings.TrainingRecord;
import org.glassmap.contract.trainings.TrainingRecord.EpochErrors;
import org.glassmap.contract.trainings.TrainingRequest;
import org.glassmap.contract.trainings.TrainingRequest.DescriptorDocument;
import org.glassmap.contract.trainings.TrainingRequest.ValidationDocument;
import org.glassmap.potentials.LabelledCrystals;
import org.glassmap.potentials.PotentialServiceForTests;
import org.glassmap.potentials.StructureServiceStandIn;
import org.glassmap.support.identity.TokensForTests;
import org.glassmap.support.postgresql.TestDatabase;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.RestClient;

/** A training that loses its runner at seeded epochs, beside one that does not. Real kills are in the system tests. */
@NullUnmarked
@Timeout(90)
class TrainingKillTest {

    private static final int EPOCHS = 100;

    private final StructureServiceStandIn structures = new StructureServiceStandIn();
    private final TestDatabase database = TestDatabase.fresh("potential");
    private final ProjectId project = TokensForTests.newProject();

    @AfterEach
    void stop() {
        structures.close();
    }

    @Test
    void theSameWeightsComeOutWhateverRunnerIsLostAndOnAnyNumberOfThreads() throws InterruptedException {
        structures.dataset("crystals", LabelledCrystals.frames(16, 7));
        TrainingRecord undisturbed;
        try (var service = started(1)) {
            undisturbed = ended(service.member(project), post(service.member(project), "undisturbed"));
        }
        assertThat(undisturbed.failure()).isNull();

        SplittableRandom random = new SplittableRandom(23);
        JdbcClient jdbc = JdbcClient.create(database.dataSource());
        hold(jdbc);
        String id;
        try (var service = started(1)) {
            id = post(service.member(project), "killed");
            awaitEpochs(service.member(project), id, 1 + random.nextInt(20));
        }
        assertStillRunning(jdbc, id);
        try (var service = started(2)) {
            awaitEpochs(service.member(project), id, 30 + random.nextInt(15));
            overtake(jdbc, id);
            awaitEpochs(service.member(project), id, 60 + random.nextInt(15));
        }
        assertStillRunning(jdbc, id);
        release(jdbc);
        try (var service = started(3)) {
            RestClient member = service.member(project);
            TrainingRecord killed = ended(member, id);
            assertThat(killed.failure()).isNull();
            assertThat(killed.potential()).isEqualTo(undisturbed.potential());
            assertThat(errors(member, id)).isEqualTo(errors(member, undisturbed.id()));
            String events =
                    member.get().uri("/v1/trainings/{id}/events", id).retrieve().body(String.class);
            assertThat(events.lines().filter(line -> line.equals("event: epoch")))
                    .as("each epoch of each member once")
                    .hasSize(3 * EPOCHS);
        }
        assertThat(jdbc.sql("select epoch from job where id = (select id from training where idempotency_key = ?)")
                        .param("killed")
                        .query(Long.class)
                        .single())
                .as("runners it had")
                .isGreaterThanOrEqualTo(4);
    }

    /** Slows the epochs to a pace at which they can be watched, and keeps the training from ending. */
    private void hold(JdbcClient jdbc) {
        structures.takesNothing(true);
        jdbc.sql("create function pause() returns trigger language plpgsql as"
                        + " $$ begin perform pg_sleep(0.03); return new; end $$")
                .update();
        jdbc.sql("create trigger pace before insert on epoch_error for each row execute function pause()")
                .update();
    }

    private void release(JdbcClient jdbc) {
        structures.takesNothing(false);
        jdbc.sql("drop trigger pace on epoch_error").update();
    }

    private PotentialServiceForTests started(int threads) {
        return PotentialServiceForTests.start(
                database,
                structures.address(),
                "--glassmap.training.threads=" + threads,
                "--glassmap.training.checkpoint-interval=100ms");
    }

    private static void assertStillRunning(JdbcClient jdbc, String id) {
        assertThat(jdbc.sql("select state from job where 'training-' || replace(id::text, '-', '') = ?")
                        .param(id)
                        .query(String.class)
                        .single())
                .isEqualTo(JobState.RUNNING.name());
    }

    /** What happens to a runner that stood still for so long that the job was given to another. */
    private static void overtake(JdbcClient jdbc, String id) {
        jdbc.sql("with job_id as (update job set epoch = epoch + 1 where"
                        + " 'training-' || replace(id::text, '-', '') = ? returning id)"
                        + " insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)"
                        + " select 'advance', id::text, now() - interval '1 minute', false, 1 from job_id"
                        + " on conflict (task_name, task_instance) do update set picked = false, picked_by = null,"
                        + " last_heartbeat = null, execution_time = excluded.execution_time,"
                        + " version = scheduled_tasks.version + 1")
                .param(id)
                .update();
    }

    private static String post(RestClient member, String key) {
        TrainingRequest request = new TrainingRequest(
                "crystals",
                3,
                5,
                new DescriptorDocument("rich", List.of("Li", "S"), 4, 4, 3, 2),
                List.of(6),
                null,
                EPOCHS,
                null,
                new ValidationDocument(0.25, "config"),
                null,
                null);
        return member.post()
                .uri("/v1/trainings")
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .body(request)
                .retrieve()
                .body(TrainingRecord.class)
                .id();
    }

    private static void awaitEpochs(RestClient member, String id, int epochs) throws InterruptedException {
        while (errors(member, id).size() < 3 * epochs) {
            Thread.sleep(5);
        }
    }

    private static TrainingRecord ended(RestClient member, String id) {
        TrainingRecord training =
                member.get().uri("/v1/trainings/{id}?wait=25s", id).retrieve().body(TrainingRecord.class);
        assertThat(training.state().ended()).as("%s", training).isTrue();
        return training;
    }

    private static List<EpochErrors> errors(RestClient member, String id) {
        return member.get()
                .uri("/v1/trainings/{id}/errors", id)
                .retrieve()
                .body(new ParameterizedTypeReference<List<EpochErrors>>() {});
    }
}
