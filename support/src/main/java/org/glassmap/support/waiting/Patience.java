package org.glassmap.support.waiting;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.glassmap.contract.problems.ProblemError;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.support.problems.ProblemException;
import org.jspecify.annotations.Nullable;

/** How long an answer may be held back, as the parameter {@code wait} says it: {@code 25s}, at most that. */
public final class Patience {

    public static final Duration LONGEST = Duration.ofSeconds(25);

    private static final Pattern SECONDS = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3})?)s");

    private Patience() {}

    /** @throws ProblemException naming the parameter, where the text is no number of seconds up to 25 */
    public static Duration of(@Nullable String wait) {
        if (wait == null) {
            return Duration.ZERO;
        }
        Matcher matcher = SECONDS.matcher(wait);
        if (!matcher.matches()) {
            throw refused("must be seconds such as 25s", wait);
        }
        Duration patience = Duration.ofMillis(Math.round(1000 * Double.parseDouble(matcher.group(1))));
        if (patience.compareTo(LONGEST) > 0) {
            throw refused("must be at most 25s", wait);
        }
        return patience;
    }

    private static ProblemException refused(String detail, String wait) {
        String value = abbreviated(wait);
        return ProblemException.of(RequestProblem.INVALID_REQUEST, "wait %s, got '%s'".formatted(detail, value))
                .with(ProblemError.inParameter("wait", detail).withValue(value));
    }

    private static String abbreviated(String text) {
        return text.length() <= 20 ? text : text.substring(0, 20) + "…";
    }
}
