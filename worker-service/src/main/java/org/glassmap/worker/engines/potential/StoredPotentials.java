package org.glassmap.worker.engines.potential;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.glassmap.core.atoms.Potential;
import org.glassmap.worker.artifacts.ArtifactCache;
import org.glassmap.worker.artifacts.ArtifactSource.UnknownArtifactException;
import org.glassmap.worker.engines.UnfitInputException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Potentials out of the store: downloaded once, the ones used last kept ready. */
public final class StoredPotentials implements PotentialLibrary {

    /** Reads a potential's file. */
    @FunctionalInterface
    public interface Reader {

        /**
         * @throws UnfitInputException if the file is no potential
         * @throws IOException if it cannot be read just now
         */
        Potential read(Path file) throws IOException;
    }

    private static final Logger log = LoggerFactory.getLogger(StoredPotentials.class);

    private static final int KEPT = 4;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final ArtifactCache cache;
    private final Reader reader;
    private final Map<String, Potential> ready = new LinkedHashMap<>(KEPT, 0.75f, true);

    public StoredPotentials(ArtifactCache cache, Reader reader) {
        this.cache = cache;
        this.reader = reader;
    }

    /** A store that is away is waited for: its outage is no calculation's failure. */
    @Override
    public Potential potential(String artifact) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return loaded(artifact);
            } catch (UnknownArtifactException | IllegalArgumentException e) {
                throw new UnfitInputException(String.valueOf(e.getMessage()), e);
            } catch (IOException e) {
                log.warn("{} cannot be had ({}); again in {} s", artifact, e.getMessage(), pause.toMillis() / 1000.0);
                Thread.sleep(pause);
                pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private Potential loaded(String artifact) throws IOException {
        @Nullable Potential known = known(artifact);
        if (known != null) {
            return known;
        }
        Potential read = reader.read(cache.fetch(artifact));
        synchronized (ready) {
            ready.put(artifact, read);
            if (ready.size() > KEPT) {
                ready.remove(ready.keySet().iterator().next());
            }
        }
        return read;
    }

    private @Nullable Potential known(String artifact) {
        synchronized (ready) {
            return ready.get(artifact);
        }
    }
}
