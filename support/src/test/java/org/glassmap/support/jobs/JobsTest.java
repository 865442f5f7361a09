package org.glassmap.support.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.glassmap.contract.jobs.JobProgress;
import org.glassmap.contract.jobs.JobState;
import org.glassmap.contract.problems.ProblemDocument;
import org.glassmap.support.postgresql.TestDatabase;
import org.glassmap.support.problems.RemoteProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.web.client.ResourceAccessException;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class JobsTest {

    private DataSource database;
    private AnnotationConfigApplicationContext service;
    private final AtomicReference<Consumer<Job>> work = new AtomicReference<>(job -> {});

    @BeforeEach
    void aServiceWithJobs() {
        database = TestDatabase.fresh("sampler").dataSource();
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/jobs")
                .load()
                .migrate();
        service = started();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void aJobRunsAndSucceeds() {
        UUID id = submit(job -> job.progress(new JobProgress(0.5, "halfway", 3.0, null)));
        JobStatus status = ended(id);
        assertThat(status.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(status.progress()).isEqualTo(new JobProgress(1, "halfway", null, null));
        assertThat(status.project()).isEqualTo("project-1");
    }

    @Test
    void aFailureSaysWhy() {
        JobStatus status = ended(submit(job -> {
            throw new IllegalStateException("no label has forces");
        }));
        assertThat(status.state()).isEqualTo(JobState.FAILED);
        assertThat(status.failure()).isEqualTo("no label has forces");
    }

    @Test
    void aPeerThatIsAwayMakesTheJobWaitAndNotFail() throws Exception {
        CountDownLatch back = new CountDownLatch(1);
        UUID id = submit(job -> {
            if (back.getCount() > 0) {
                throw new ResourceAccessException("connection refused");
            }
        });
        while (jobs().status(id).orElseThrow().progress().waitingReason() == null) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(jobs().status(id).orElseThrow().progress().waitingReason())
                .isEqualTo("another service does not answer: connection refused");
        back.countDown();
        assertThat(ended(id).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void theWishToCancelIsHeardByTheBody() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        UUID id = submit(job -> {
            running.countDown();
            while (true) {
                job.requireNotCancelled();
            }
        });
        running.await();
        jobs().cancel(id);
        assertThat(ended(id).state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void aRunnerThatWasOvertakenChangesNothing() throws Exception {
        CountDownLatch overtaken = new CountDownLatch(1);
        CountDownLatch tried = new CountDownLatch(1);
        AtomicReference<Throwable> refusal = new AtomicReference<>();
        UUID id = submit(job -> {
            awaited(overtaken);
            try {
                job.checkpoint(new byte[] {1});
            } catch (JobOvertakenException e) {
                refusal.set(e);
                tried.countDown();
                throw e;
            }
        });
        while (jobs().status(id).orElseThrow().state() != JobState.RUNNING) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        JdbcClient.create(database)
                .sql("update job set epoch = epoch + 1, checkpoint = ? where id = ?")
                .params(new byte[] {2}, id)
                .update();
        overtaken.countDown();
        tried.await();
        assertThat(refusal.get()).hasMessageContaining("overtaken");
        assertThat(JdbcClient.create(database)
                        .sql("select checkpoint from job where id = ?")
                        .param(id)
                        .query((row, n) -> row.getBytes(1))
                        .single())
                .containsExactly(2);
        assertThat(jobs().status(id).orElseThrow().state()).isEqualTo(JobState.RUNNING);
    }

    @Test
    void aJobWhoseProcessDiedGoesOnFromItsCheckpoint() {
        UUID id = UUID.randomUUID();
        // What a killed process leaves: a running row, and a picked task whose heart has stopped.
        JdbcClient jdbc = JdbcClient.create(database);
        jdbc.sql("insert into job (id, kind, project, state, epoch, checkpoint) values (?, 'work', 'project-1',"
                        + " 'RUNNING', 1, ?)")
                .params(id, new byte[] {7})
                .update();
        AtomicReference<byte[]> seen = new AtomicReference<>();
        work.set(job -> seen.set(job.checkpoint().orElseThrow()));
        jdbc.sql("insert into scheduled_tasks (task_name, task_instance, execution_time, picked, picked_by,"
                        + " last_heartbeat, version) values ('advance', ?, now() - interval '1 minute', true, 'dead',"
                        + " now() - interval '10 seconds', 2)")
                .param(id.toString())
                .update();
        assertThat(ended(id).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(seen.get()).containsExactly(7);
    }

    /** As a backup restored on a machine whose clock is behind, or a clock that was set back while the process died. */
    @Test
    void aHeartThatBeatInTheFutureIsNotTakenForALivingOne() {
        service.close();
        UUID id = UUID.randomUUID();
        JdbcClient jdbc = JdbcClient.create(database);
        jdbc.sql("insert into job (id, kind, project, state, epoch) values (?, 'work', 'project-1', 'RUNNING', 1)")
                .param(id)
                .update();
        jdbc.sql("insert into scheduled_tasks (task_name, task_instance, execution_time, picked, picked_by,"
                        + " last_heartbeat, version) values ('advance', ?, now(), true, 'dead',"
                        + " now() + interval '1 hour', 2)")
                .param(id.toString())
                .update();
        service = started();
        assertThat(ended(id).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void aJobThatWasToBeWokenInTheFutureIsWokenWhenTheClockWasSetBack() {
        service.close();
        UUID id = UUID.randomUUID();
        JdbcClient jdbc = JdbcClient.create(database);
        jdbc.sql("insert into job (id, kind, project, state, epoch) values (?, 'work', 'project-1', 'RUNNING', 1)")
                .param(id)
                .update();
        jdbc.sql("insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)"
                        + " values ('advance', ?, now() + interval '1 hour', false, 2)")
                .param(id.toString())
                .update();
        service = started();
        assertThat(ended(id).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void theClockOfTheSchedulerCountsEvenly() {
        long[] nanos = {5};
        SteadyClock clock = new SteadyClock(Instant.parse("2026-01-01T00:00:00Z"), () -> nanos[0]);
        nanos[0] += 1_500_000_000L;
        assertThat(clock.now()).isEqualTo(Instant.parse("2026-01-01T00:00:01.5Z"));
    }

    /** A token that expired on its way, because a clock was set, is no fault of the job. */
    @Test
    void aTokenThatIsRefusedMakesTheJobWaitAndNotFail() throws Exception {
        CountDownLatch good = new CountDownLatch(1);
        UUID id = submit(job -> {
            if (good.getCount() > 0) {
                throw new RemoteProblemException(new ProblemDocument(
                        URI.create("about:blank"), "Unauthenticated", 401, "expired", null, null, List.of()));
            }
        });
        while (jobs().status(id).orElseThrow().progress().waitingReason() == null) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        good.countDown();
        assertThat(ended(id).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void eventsAreNumberedWithoutGaps() {
        UUID id = submit(job -> {
            job.event("epoch", new Epoch(1));
            job.event("epoch", new Epoch(2));
        });
        ended(id);
        List<JobEvent> events = jobs().eventsAfter(id, 1);
        assertThat(events).extracting(JobEvent::number).containsExactly(2L, 3L);
        assertThat(events.getFirst().body()).contains("\"epoch\": 2");
        assertThat(events.getLast().kind()).isEqualTo("ended");
    }

    @Test
    void propertiesThatCannotBeAreRefused() {
        assertThatThrownBy(() -> new JobsProperties(0, Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ZERO))
                .hasMessageContaining("glassmap.jobs.threads");
        assertThatThrownBy(() -> new JobsProperties(1, Duration.ofMinutes(2), Duration.ofSeconds(1), Duration.ZERO))
                .hasMessageContaining("polling-interval");
    }

    private record Epoch(int epoch) {}

    private UUID submit(Consumer<Job> body) {
        work.set(body);
        UUID id = UUID.randomUUID();
        jobs().submit(id, "work", "project-1");
        return id;
    }

    private JobStatus ended(UUID id) {
        JobStatus status = jobs().awaitEnd(id, Duration.ofSeconds(20)).orElseThrow();
        assertThat(status.state().ended()).as("ended: %s", status).isTrue();
        return status;
    }

    private Jobs jobs() {
        return service.getBean(Jobs.class);
    }

    private AnnotationConfigApplicationContext started() {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.registerBean(DataSource.class, () -> database);
        context.registerBean(JdbcClient.class, () -> JdbcClient.create(database));
        context.registerBean(JdbcTransactionManager.class, () -> new JdbcTransactionManager(database));
        context.registerBean(JsonMapper.class, () -> JsonMapper.builder().build());
        context.registerBean("work", JobBody.class, () -> new JobBody() {
            @Override
            public String kind() {
                return "work";
            }

            @Override
            public void run(Job job) {
                java.util.Objects.requireNonNull(work.get()).accept(job);
            }
        });
        context.register(JobsConfiguration.class);
        context.refresh();
        return context;
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
