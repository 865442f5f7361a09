package org.glassmap.support.waiting;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long an answer may be held back, as the parameter {@code wait} says it: {@code 25s}, at most that. */
public final class Patience {

    public static final Duration LONGEST = Duration.ofSeconds(25);

    private static final Pattern SECONDS = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3})?)s");

    private Patience() {}

    /** @throws IllegalArgumentException where the text is no number of seconds up to 25 */
    public static Duration of(@Nullable String wait) {
        if (wait == null) {
            return Duration.ZERO;
        }
        Matcher matcher = SECONDS.matcher(wait);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "wait must be seconds such as 25s, got '%s'".formatted(abbreviated(wait)));
        }
        Duration patience = Duration.ofMillis(Math.round(1000 * Double.parseDouble(matcher.group(1))));
        if (patience.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("wait must be at most 25s, got " + wait);
        }
        return patience;
    }

    private static String abbreviated(String text) {
        return text.length() <= 20 ? text : text.substring(0, 20) + "…";
    }
}
