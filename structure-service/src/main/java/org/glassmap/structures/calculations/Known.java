package org.glassmap.structures.calculations;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Things that a foreign key says are there. */
final class Known {

    private Known() {}

    static <T> T of(Map<String, T> byHash, String hash) {
        @Nullable T known = byHash.get(hash);
        if (known == null) {
            throw new IllegalStateException("a row names %s, which is not stored".formatted(hash));
        }
        return known;
    }
}
