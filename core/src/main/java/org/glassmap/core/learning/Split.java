package org.glassmap.core.learning;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Frames to learn from, and frames to check on that share no group with them. The order of the frames is kept.
 */
public record Split(List<TrainingFrame> training, List<TrainingFrame> validation) {

    public Split {
        training = List.copyOf(training);
        validation = List.copyOf(validation);
    }

    /** Whole groups drawn at random, at least one where {@code share} is above 0 and two groups exist.
     *
     * @param share of the groups, 0 to 0.5
     */
    public static Split byGroup(List<TrainingFrame> frames, double share, long seed) {
        if (!(share >= 0) || !(share <= 0.5)) {
            throw new IllegalArgumentException("the share of the validation must be 0 to 0.5, got " + share);
        }
        TreeSet<String> sorted = new TreeSet<>();
        for (TrainingFrame frame : frames) {
            sorted.add(frame.group());
        }
        List<String> groups = new ArrayList<>(sorted);
        shuffle(groups, seed);
        int held = (int) Math.min(Math.ceil(share * groups.size()), groups.size() - 1);
        Set<String> validation = new HashSet<>(groups.subList(0, Math.max(0, held)));
        return new Split(
                frames.stream().filter(f -> !validation.contains(f.group())).toList(),
                frames.stream().filter(f -> validation.contains(f.group())).toList());
    }

    /** Fisher and Yates, with a generator whose numbers are part of Java's specification. */
    static <T> void shuffle(List<T> list, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = list.size() - 1; i > 0; i--) {
            Collections.swap(list, i, random.nextInt(i + 1));
        }
    }
}
