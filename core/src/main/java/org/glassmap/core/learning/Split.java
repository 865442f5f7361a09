package org.glassmap.core.learning;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Frames to learn from, frames to check on while learning, and frames that neither saw, to judge on afterwards; no group
 * is in two of them. The order of the frames is kept.
 */
public record Split(List<TrainingFrame> training, List<TrainingFrame> validation, List<TrainingFrame> unseen) {

    public Split {
        training = List.copyOf(training);
        validation = List.copyOf(validation);
        unseen = List.copyOf(unseen);
    }

    /** Without frames to judge on. */
    public Split(List<TrainingFrame> training, List<TrainingFrame> validation) {
        this(training, validation, List.of());
    }

    /** Without frames to judge on. */
    public static Split byGroup(List<TrainingFrame> frames, double share, long seed) {
        return byGroup(frames, share, 0, seed);
    }

    /**
     * Whole groups drawn at random, at least one for the validation where {@code share} is above 0 and two groups exist.
     *
     * @param share of the groups for the validation, 0 to 0.5
     * @param unseen share of the groups to judge on, 0 to 0.5; rounded down
     */
    public static Split byGroup(List<TrainingFrame> frames, double share, double unseen, long seed) {
        if (!(share >= 0) || !(share <= 0.5)) {
            throw new IllegalArgumentException("the share of the validation must be 0 to 0.5, got " + share);
        }
        if (!(unseen >= 0) || !(unseen <= 0.5) || !(share + unseen < 1)) {
            throw new IllegalArgumentException(
                    "the share to judge on must be 0 to 0.5 and leave something to learn from, got " + unseen);
        }
        TreeSet<String> sorted = new TreeSet<>();
        for (TrainingFrame frame : frames) {
            sorted.add(frame.group());
        }
        List<String> groups = new ArrayList<>(sorted);
        shuffle(groups, seed);
        int held = (int) Math.max(0, Math.min(Math.ceil(share * groups.size()), groups.size() - 1));
        int judged = (int) Math.min(Math.floor(unseen * groups.size()), Math.max(0, groups.size() - 1 - held));
        Set<String> validation = new HashSet<>(groups.subList(0, held));
        Set<String> last = new HashSet<>(groups.subList(held, held + judged));
        return new Split(
                frames.stream()
                        .filter(f -> !validation.contains(f.group()) && !last.contains(f.group()))
                        .toList(),
                frames.stream().filter(f -> validation.contains(f.group())).toList(),
                frames.stream().filter(f -> last.contains(f.group())).toList());
    }

    /** Fisher and Yates, with a generator whose numbers are part of Java's specification. */
    static <T> void shuffle(List<T> list, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = list.size() - 1; i > 0; i--) {
            Collections.swap(list, i, random.nextInt(i + 1));
        }
    }
}
