package org.glassmap.potentials.potentials;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.glassmap.core.learning.LearntPotential;
import org.glassmap.core.learning.PotentialDocument;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The potentials that were asked for last, read from their files. What an id names never changes. */
@Component
class LoadedPotentials {

    private static final int KEPT = 16;

    private final Map<String, LearntPotential> potentials = new LinkedHashMap<>(KEPT, 0.75f, true);

    /**
     * @param file gives the bytes of the file where the potential is not at hand
     * @throws IllegalStateException if the file holds another potential
     */
    LearntPotential potential(String hash, Supplier<byte[]> file) {
        @Nullable LearntPotential known = at(hash);
        if (known != null) {
            return known;
        }
        // Outside the lock: two who read the same file cost less than one who waits for another's.
        PotentialDocument document = PotentialDocument.read(file.get());
        if (!document.id().equals(hash)) {
            throw new IllegalStateException(
                    "the file of potential-%s holds potential-%s".formatted(hash, document.id()));
        }
        keep(hash, document.potential());
        return document.potential();
    }

    private synchronized @Nullable LearntPotential at(String hash) {
        return potentials.get(hash);
    }

    private synchronized void keep(String hash, LearntPotential potential) {
        potentials.put(hash, potential);
        if (potentials.size() > KEPT) {
            potentials.remove(potentials.keySet().iterator().next());
        }
    }
}
