package org.glassmap.worker.engines;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which steps of a relaxation become labels, as the method's setting {@code labels} says: {@code last},
 * {@code first-and-last} or {@code every-<n>}: the first, every n-th after it, and the last.
 *
 * @param every 0 for none but the named
 */
public record LabelledSteps(boolean first, int every) {

    private static final Pattern EVERY = Pattern.compile("every-([1-9]\\d{0,5})");

    public static LabelledSteps of(Map<String, Object> settings) {
        Object setting = settings.getOrDefault("labels", "last");
        String text = String.valueOf(setting);
        Matcher every = EVERY.matcher(text);
        if (every.matches()) {
            return new LabelledSteps(true, Integer.parseInt(every.group(1)));
        }
        return switch (text) {
            case "last" -> new LabelledSteps(false, 0);
            case "first-and-last" -> new LabelledSteps(true, 0);
            default ->
                throw new UnfitInputException(
                        "labels must be last, first-and-last or every-<n>, got '%s'".formatted(text));
        };
    }

    /** Picks steps as they come; nothing is kept that will not be reported but the newest. */
    public final class Picker<T> {

        /** A step with its number, from 0. */
        public record Numbered<T>(int index, T step) {}

        private final List<Numbered<T>> picked = new ArrayList<>();
        private @Nullable Numbered<T> newest;
        private int count;

        public void add(T step) {
            newest = new Numbered<>(count++, step);
            boolean regular = every > 0 && newest.index() % every == 0;
            if (regular || (first && newest.index() == 0)) {
                picked.add(newest);
            }
        }

        /** In order, the last one final; empty where there was no step. */
        public List<Numbered<T>> steps() {
            List<Numbered<T>> steps = new ArrayList<>(picked);
            Numbered<T> last = newest;
            if (last != null && (steps.isEmpty() || steps.getLast().index() != last.index())) {
                steps.add(last);
            }
            return steps;
        }
    }
}
