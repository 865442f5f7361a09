package org.glassmap.sampler.campaigns;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.glassmap.support.jobs.Job;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** What a campaign has done. Each step is done once and remembered under its path. Safe for several threads. */
final class Steps {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Job job;
    private final UUID campaign;
    private final Progress progress;

    Steps(JdbcClient jdbc, JsonMapper json, Job job, UUID campaign, Progress progress) {
        this.jdbc = jdbc;
        this.json = json;
        this.job = job;
        this.campaign = campaign;
        this.progress = progress;
    }

    /** The remembered output of a step, or that of {@code work}, then remembered. */
    <T> T once(String path, Class<T> type, Supplier<T> work) {
        return once(path, type, work, output -> {});
    }

    /** @param with further rows of the same transaction, written when the output is remembered */
    <T> T once(String path, Class<T> type, Supplier<T> work, Consumer<T> with) {
        Optional<T> remembered = remembered(path, type);
        if (remembered.isPresent()) {
            progress.done(path);
            return remembered.get();
        }
        job.requireNotCancelled();
        progress.begun(path);
        T output = work.get();
        job.write(() -> {
            remember(path, output);
            with.accept(output);
            return output;
        });
        progress.done(path);
        // Read back, so that a step gives the same whether it was done just now or before a crash.
        return remembered(path, type).orElseThrow();
    }

    <T> Optional<T> remembered(String path, Class<T> type) {
        return jdbc.sql("select output::text from campaign_step where campaign = ? and path = ?")
                .params(campaign, path)
                .query(String.class)
                .optional()
                .map(text -> json.readValue(text, type));
    }

    private void remember(String path, Object output) {
        jdbc.sql("insert into campaign_step (campaign, path, output) values (?, ?, cast(? as jsonb))")
                .params(campaign, path, json.writeValueAsString(output))
                .update();
    }
}
