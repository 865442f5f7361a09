package org.glassmap.potentials.acceptances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.glassmap.contract.acceptances.AcceptanceRecord;
import org.glassmap.contract.acceptances.AcceptanceRequest;
import org.glassmap.contract.acceptances.AcceptanceRequest.Crystal;
import org.glassmap.contract.acceptances.AcceptanceRequest.Settings;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.jobs.JobState;
import org.glassmap.contract.potentials.PotentialRecord;
import org.glassmap.contract.structures.StructureDocument;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.learning.Activation;
import org.glassmap.core.learning.Kernel;
import org.glassmap.core.learning.PotentialDocument;
import org.glassmap.core.learning.SamplePotentials;
import org.glassmap.core.learning.WeightedChebyshev;
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

/** An acceptance on a fleet of machines that do not have the same kernels. */
@NullUnmarked
@Timeout(120)
class AcceptanceKernelTest {

    private final StructureServiceStandIn structures = new StructureServiceStandIn();
    private final TestDatabase database = TestDatabase.fresh("potential");
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final ProjectId project = TokensForTests.newProject();

    @BeforeEach
    void data() {
        structures.structure(
                "structure-1",
                new StructureDocument(
                        List.of("Li", "S"), new double[][] {{4, 0, 0}, {0, 4, 0}, {0, 0, 4}}, null, new double[][] {
                            {0, 0, 0}, {2, 2, 2.1}
                        }));
    }

    @AfterEach
    void stop() {
        structures.close();
    }

    @Test
    void anAcceptanceBegunOnAMachineWithThePlainKernelGivesItsBitsOnOneWithLanes() throws InterruptedException {
        assumeTrue(Kernel.LANES.available(), "no vectors of four doubles here: there is one kernel only");
        AcceptanceRecord plain;
        String killed;
        try (var service = started()) {
            RestClient member = service.member(project);
            String potential = imported(member);
            AcceptanceRecord lanes = ended(member, post(member, "lanes", potential));
            assertThat(lanes.kernel()).isEqualTo(Kernel.LANES.id());

            othersBeginWith(Kernel.PLAIN.id());
            plain = ended(member, post(member, "plain", potential));
            assertThat(plain.state()).as(plain.failure()).isEqualTo(JobState.SUCCEEDED);
            assertThat(plain.kernel()).isEqualTo(Kernel.PLAIN.id());
            assertThat(plain.parts())
                    .as("kernels differ in last bits")
                    .usingRecursiveComparison()
                    .isNotEqualTo(lanes.parts());

            pace();
            killed = post(member, "killed", potential);
            while (partsOf("killed") == 0) {
                Thread.sleep(5);
            }
        }
        assertThat(partsOf("killed")).isLessThan(plain.parts().size());
        try (var service = started()) {
            AcceptanceRecord resumed = ended(service.member(project), killed);
            assertThat(resumed.state()).as(resumed.failure()).isEqualTo(JobState.SUCCEEDED);
            assertThat(resumed.kernel()).isEqualTo(Kernel.PLAIN.id());
            assertThat(resumed.parts()).usingRecursiveComparison().isEqualTo(plain.parts());
        }
    }

    @Test
    void anAcceptanceWhoseKernelIsNotHereFailsAndNamesIt() {
        try (var service = started()) {
            othersBeginWith("lanes16-1");
            RestClient member = service.member(project);
            AcceptanceRecord failed = ended(member, post(member, "other", imported(member)));
            assertThat(failed.state()).isEqualTo(JobState.FAILED);
            assertThat(failed.passed()).isNull();
            assertThat(failed.failure())
                    .startsWith("kernel lanes16-1 is needed")
                    .contains(Kernel.PLAIN.id());
        }
    }

    /** The row as a first runner on another machine leaves it. */
    private void othersBeginWith(String kernel) {
        jdbc.sql("create function begun() returns trigger language plpgsql as $$ begin new.kernel := '" + kernel
                        + "'; return new; end $$")
                .update();
        jdbc.sql("create trigger begun before insert on acceptance for each row execute function begun()")
                .update();
    }

    /** Slows the parts to a pace at which they can be watched. */
    private void pace() {
        jdbc.sql("create function pause() returns trigger language plpgsql as"
                        + " $$ begin perform pg_sleep(0.5); return new; end $$")
                .update();
        jdbc.sql("create trigger pace before insert on job_event for each row execute function pause()")
                .update();
    }

    private int partsOf(String key) {
        return jdbc.sql("select count(*) from job_event e join acceptance a on a.id = e.job"
                        + " where e.kind = 'part' and a.idempotency_key = ?")
                .param(key)
                .query(Integer.class)
                .single();
    }

    private PotentialServiceForTests started() {
        return PotentialServiceForTests.start(database, structures.address());
    }

    private static String imported(RestClient member) {
        PotentialDocument random = PotentialDocument.of(SamplePotentials.random(
                new WeightedChebyshev(4, 4, 3, 2, List.of(Species.Li, Species.S)), List.of(4), Activation.TANH, 3));
        return member.post()
                .uri("/v1/potentials")
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(random.bytes())
                .retrieve()
                .body(PotentialRecord.class)
                .id();
    }

    private static String post(RestClient member, String key, String potential) {
        Settings brief = new Settings(null, null, null, null, List.of(300.0), 5.0, 2, null, 7L);
        return member.post()
                .uri("/v1/acceptances")
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .body(new AcceptanceRequest(potential, List.of(new Crystal("structure-1", "LiS", null)), null, brief))
                .retrieve()
                .body(AcceptanceRecord.class)
                .id();
    }

    private static AcceptanceRecord ended(RestClient member, String id) {
        AcceptanceRecord acceptance =
                member.get().uri("/v1/acceptances/{id}?wait=25s", id).retrieve().body(AcceptanceRecord.class);
        assertThat(acceptance.state().ended()).as("%s", acceptance).isTrue();
        return acceptance;
    }
}
