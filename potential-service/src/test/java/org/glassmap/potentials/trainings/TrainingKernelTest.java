package org.glassmap.potentials.trainings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.jobs.JobState;
import org.glassmap.contract.potentials.PotentialRecord;
import org.glassmap.contract.trainings.TrainingRecord;
import org.glassmap.contract.trainings.TrainingRequest;
import org.glassmap.contract.trainings.TrainingRequest.DescriptorDocument;
import org.glassmap.contract.trainings.TrainingRequest.LossDocument;
import org.glassmap.contract.trainings.TrainingRequest.ValidationDocument;
import org.glassmap.core.learning.Kernel;
import org.glassmap.potentials.LabelledCrystals;
import org.glassmap.potentials.PotentialServiceForTests;
import org.glassmap.potentials.StructureServiceStandIn;
import org.glassmap.support.identity.TokensForTests;
import org.glassmap.support.postgresql.TestDatabase;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.RestClient;

/** A training on a fleet of machines that do not have the same kernels. */
@NullUnmarked
@Timeout(60)
class TrainingKernelTest {

    private final StructureServiceStandIn structures = new StructureServiceStandIn();
    private final TestDatabase database = TestDatabase.fresh("potential");
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final ProjectId project = TokensForTests.newProject();

    @BeforeEach
    void data() {
        structures.dataset("crystals", LabelledCrystals.frames(16, 7));
    }

    @AfterEach
    void stop() {
        structures.close();
    }

    @Test
    void aTrainingBegunOnAMachineWithThePlainKernelGivesItsBitsOnOneWithLanes() throws InterruptedException {
        assumeTrue(Kernel.LANES.available(), "no vectors of four doubles here: there is one kernel only");
        TrainingRecord lanes;
        TrainingRecord plain;
        String killed;
        try (var service = started()) {
            RestClient member = service.member(project);
            lanes = ended(member, post(member, "lanes", 0));
            assertThat(lanes.kernel()).isEqualTo(Kernel.LANES.id());
            assertThat(potential(member, lanes).kernel()).isEqualTo(Kernel.LANES.id());

            othersBeginWith(Kernel.PLAIN.id());
            plain = ended(member, post(member, "plain", 0));
            assertThat(plain.kernel()).isEqualTo(Kernel.PLAIN.id());
            assertThat(potential(member, plain).kernel()).isEqualTo(Kernel.PLAIN.id());
            assertThat(plain.potential()).as("kernels differ in last bits").isNotEqualTo(lanes.potential());

            pace();
            killed = post(member, "killed", 0);
            while (ofNow(member, killed).errors().isEmpty()) {
                Thread.sleep(5);
            }
        }
        try (var service = started()) {
            TrainingRecord resumed = ended(service.member(project), killed);
            assertThat(resumed.kernel()).isEqualTo(Kernel.PLAIN.id());
            assertThat(resumed.potential()).isEqualTo(plain.potential());
        }
    }

    @Test
    void aTrainingWhoseKernelIsNotHereFailsAndNamesIt() {
        try (var service = started()) {
            othersBeginWith("lanes16-1");
            RestClient member = service.member(project);
            TrainingRecord failed = ended(member, post(member, "other", 0));
            assertThat(failed.state()).isEqualTo(JobState.FAILED);
            assertThat(failed.potential()).isNull();
            assertThat(failed.failure())
                    .startsWith("kernel lanes16-1 is needed")
                    .contains(Kernel.PLAIN.id());
        }
    }

    @Test
    void forcesAreLearntByThePlainKernelEverywhere() {
        try (var service = started()) {
            RestClient member = service.member(project);
            assertThat(ended(member, post(member, "forces", 1)).kernel()).isEqualTo(Kernel.PLAIN.id());
        }
    }

    /** The row as a first runner on another machine leaves it. */
    private void othersBeginWith(String kernel) {
        jdbc.sql("create function begun() returns trigger language plpgsql as $$ begin new.kernel := '" + kernel
                        + "'; return new; end $$")
                .update();
        jdbc.sql("create trigger begun before insert on training for each row execute function begun()")
                .update();
    }

    /** Slows the epochs to a pace at which they can be watched. */
    private void pace() {
        jdbc.sql("create function pause() returns trigger language plpgsql as"
                        + " $$ begin perform pg_sleep(0.03); return new; end $$")
                .update();
        jdbc.sql("create trigger pace before insert on epoch_error for each row execute function pause()")
                .update();
    }

    private PotentialServiceForTests started() {
        return PotentialServiceForTests.start(
                database, structures.address(), "--glassmap.training.checkpoint-interval=100ms");
    }

    private static String post(RestClient member, String key, double force) {
        TrainingRequest request = new TrainingRequest(
                "crystals",
                1,
                5,
                new DescriptorDocument("rich", List.of("Li", "S"), 4, 4, 3, 2),
                List.of(6),
                new LossDocument(1.0, force, 0.0),
                40,
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

    private static TrainingRecord ofNow(RestClient member, String id) {
        return member.get().uri("/v1/trainings/{id}", id).retrieve().body(TrainingRecord.class);
    }

    private static TrainingRecord ended(RestClient member, String id) {
        TrainingRecord training =
                member.get().uri("/v1/trainings/{id}?wait=25s", id).retrieve().body(TrainingRecord.class);
        assertThat(training.state().ended()).as("%s", training).isTrue();
        return training;
    }

    private static PotentialRecord potential(RestClient member, TrainingRecord of) {
        return member.get()
                .uri("/v1/potentials/{id}", of.potential())
                .retrieve()
                .body(PotentialRecord.class);
    }
}
