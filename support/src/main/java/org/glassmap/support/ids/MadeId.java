package org.glassmap.support.ids;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The id of a thing that is made, such as {@code campaign-<32 hexadecimal digits>}: a UUID of version 7 (RFC 9562), so
 * that ids sort by the time of their making. Nothing that must be repeatable is derived from one.
 *
 * @param kind the word before the UUID
 */
public record MadeId(String kind, UUID uuid) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern WRITTEN = Pattern.compile("[0-9a-f]{32}");

    /** A new one. */
    public static MadeId make(String kind) {
        return make(kind, Clock.systemUTC());
    }

    static MadeId make(String kind, Clock clock) {
        long high = clock.millis() << 16 | 0x7000 | RANDOM.nextInt(1 << 12);
        long low = RANDOM.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new MadeId(kind, new UUID(high, low));
    }

    /** The UUID of an id as it is written; empty where the text is no id of this kind. */
    public static Optional<UUID> uuidOf(String kind, String text) {
        String head = kind + "-";
        if (!text.startsWith(head)
                || !WRITTEN.matcher(text.substring(head.length())).matches()) {
            return Optional.empty();
        }
        String digits = text.substring(head.length());
        return Optional.of(new UUID(
                Long.parseUnsignedLong(digits.substring(0, 16), 16), Long.parseUnsignedLong(digits.substring(16), 16)));
    }

    @Override
    public String toString() {
        return kind + "-" + uuid.toString().replace("-", "");
    }
}
