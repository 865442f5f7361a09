package org.glassmap.worker;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a worker is told.
 *
 * @param gateway address of Glassmap, {@code http://127.0.0.1:8700} unless set
 * @param directory the worker's own, its memory across restarts; {@code .glassmap/worker} unless set
 * @param tokenFile holds an agent's token in its first line; read anew for each request, so that it may be changed
 * @param name under which it registers the first time; the directory remembers it
 * @param tags work that asks for one of them goes to agents that carry it
 * @param slots calculations at a time; 0, the default, means as many as there are processors
 * @param engines by name, {@code potential} unless set; {@code vasp} needs its settings, too
 */
@ConfigurationProperties("glassmap.worker")
public record WorkerProperties(
        @DefaultValue("http://127.0.0.1:8700") URI gateway,
        @DefaultValue(".glassmap/worker") Path directory,
        @Nullable Path tokenFile,
        @DefaultValue("worker") String name,
        @DefaultValue({}) List<String> tags,
        @DefaultValue("0") int slots,
        @DefaultValue("potential") List<String> engines,
        @Nullable VaspProperties vasp) {

    /**
     * @param command started in a folder with VASP's inputs; it may be {@code sbatch --wait …}
     * @param cancelCommand run in that folder to end it where ending the command is not enough ({@code scancel}); the
     *     environment holds {@code GLASSMAP_LEASE}
     * @param potcars folder that holds {@code <choice>/POTCAR}, such as {@code Li_sv/POTCAR}
     * @param runtimeTags of the INCAR that say how a run is carried out here ({@code NCORE}, {@code KPAR})
     */
    public record VaspProperties(
            List<String> command,
            @DefaultValue({}) List<String> cancelCommand,
            Path potcars,
            @DefaultValue Map<String, String> runtimeTags) {}

    public WorkerProperties {
        if (slots < 0 || slots > 1000) {
            throw new IllegalArgumentException("glassmap.worker.slots must lie in 0..1000, got " + slots);
        }
        if (engines.isEmpty()) {
            throw new IllegalArgumentException("glassmap.worker.engines must name at least one engine");
        }
    }

    int slotsHere() {
        return slots > 0 ? slots : Runtime.getRuntime().availableProcessors();
    }
}
