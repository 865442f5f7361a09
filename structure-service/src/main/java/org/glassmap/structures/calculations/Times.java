package org.glassmap.structures.calculations;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.lang.Contract;

/** Instants as the wire writes them, RFC 3339 in UTC. */
final class Times {

    private Times() {}

    @Contract("null -> null; !null -> !null")
    static @Nullable String written(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant().toString();
    }
}
