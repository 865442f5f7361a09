package org.glassmap.support.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Wires the jobs of a service; db-scheduler's own starter does nothing on this Spring Boot, so its core is a bean. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JobsProperties.class)
public class JobsConfiguration {

    @Bean
    JobStore jobStore(JdbcClient jdbc, PlatformTransactionManager transactions, JsonMapper json) {
        return new JobStore(jdbc, new TransactionTemplate(transactions), json);
    }

    @Bean
    OneTimeTask<Void> advanceTask(JobStore store, ObjectProvider<JobBody> bodies, JobsProperties properties) {
        // Bodies may need Jobs themselves; they are asked for when the first job runs.
        LazyRunner runner = new LazyRunner(store, bodies);
        return Tasks.oneTime("advance")
                .onFailure((complete, operations) ->
                        operations.reschedule(complete, complete.getTimeDone().plus(properties.retryDelay())))
                .execute((instance, context) -> runner.advance(UUID.fromString(instance.getId())));
    }

    @Bean(initMethod = "start", destroyMethod = "stop")
    Scheduler jobScheduler(
            DataSource dataSource, JdbcClient jdbc, OneTimeTask<Void> advance, JobsProperties properties) {
        SteadyClock clock = new SteadyClock(Wakings.now(jdbc), System::nanoTime);
        new Wakings(jdbc).bringForward(clock.now());
        return Scheduler.create(new TransactionAwareDataSourceProxy(dataSource), List.of(advance))
                .clock(clock)
                .threads(properties.threads())
                .pollingInterval(properties.pollingInterval())
                .heartbeatInterval(properties.heartbeatInterval())
                .missedHeartbeatsLimit(4)
                .shutdownMaxWait(Duration.ofSeconds(2))
                .build();
    }

    @Bean
    Jobs jobs(JobStore store, Scheduler scheduler, OneTimeTask<Void> advance, PlatformTransactionManager transactions) {
        return new Jobs(store, scheduler, advance, new TransactionTemplate(transactions));
    }

    private static final class LazyRunner {
        private final JobStore store;
        private final ObjectProvider<JobBody> bodies;

        LazyRunner(JobStore store, ObjectProvider<JobBody> bodies) {
            this.store = store;
            this.bodies = bodies;
        }

        void advance(UUID id) {
            new JobRunner(store, bodies.orderedStream().toList()).advance(id);
        }
    }
}
