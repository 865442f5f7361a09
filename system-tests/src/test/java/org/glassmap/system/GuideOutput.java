package org.glassmap.system;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a page says is printed. A line that is {@code …} alone stands for any number of lines, {@code …} in a line for
 * anything within it. Where a page shows nothing, nothing may be printed.
 */
record GuideOutput(List<String> lines) {

    private static final String ANYTHING = "…";

    boolean isSaidBy(String printed) {
        StringBuilder pattern = new StringBuilder();
        for (String line : lines) {
            pattern.append(line.strip().equals(ANYTHING) ? "(?:.*\n)*?" : within(line.stripTrailing()) + "[ \t]*\n");
        }
        return Pattern.matches(pattern.toString(), ended(printed));
    }

    private static String within(String line) {
        StringBuilder pattern = new StringBuilder();
        String[] parts = line.split(ANYTHING, -1);
        for (int k = 0; k < parts.length; k++) {
            pattern.append(k == 0 ? "" : ".*?").append(Pattern.quote(parts[k]));
        }
        return pattern.toString();
    }

    private static String ended(String printed) {
        return printed.isEmpty() || printed.endsWith("\n") ? printed : printed + "\n";
    }
}
