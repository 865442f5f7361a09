package org.glassmap.standalone.teacher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.glassmap.core.formats.ExtendedXyz;
import org.glassmap.core.formats.Frame;
import org.glassmap.core.formats.FrameOutcome;
import org.glassmap.core.formats.FrameReader;
import org.glassmap.core.learning.Split;
import org.glassmap.core.learning.TrainingFrame;

/** All labelled frames, and which of their configurations are held out. */
record LabelledSet(List<Frame> frames) {

    /** Read one after the other; {@code wandered} and its supplement share configurations and are one set here. */
    static final List<String> FILES = List.of(
            "crystals", "scaled", "rattled", "md", "removed", "glass", "random", "wandered", "wandered-more", "close");

    /** The crystals of the line Li2S–P2S5, by the names of the data set. */
    static final Set<String> LINE = Set.of(
            "crystal-Li2S",
            "crystal-gamma",
            "crystal-beta",
            "crystal-Pnma2",
            "crystal-Li2P2S6",
            "crystal-Li7P3S11",
            "crystal-P2S5",
            "crystal-Li7PS6");

    /** A crystal of the line is one frame among thousands and must be right to 3 meV/atom. */
    private static final double LINE_WEIGHT = 10;

    private static final double HELD_OUT = 0.1;
    private static final long SPLIT_SEED = 20261124;

    static LabelledSet read(Path folder, List<String> files) throws IOException {
        List<Frame> frames = new ArrayList<>();
        for (String file : files) {
            try (InputStream in = Files.newInputStream(folder.resolve(file + ".extxyz.gz"))) {
                FrameReader reader = ExtendedXyz.reader(in);
                for (Optional<FrameOutcome> next = reader.next(); next.isPresent(); next = reader.next()) {
                    switch (next.get()) {
                        case FrameOutcome.Read read -> frames.add(read.frame());
                        case FrameOutcome.Refused refused -> throw new IOException(file + ": " + refused);
                    }
                }
            }
        }
        return new LabelledSet(frames);
    }

    /** The crystals and a share of all other configurations, drawn by a fixed seed; all of them where it is 1. */
    LabelledSet share(double fraction) {
        TreeSet<String> configurations = new TreeSet<>();
        frames.forEach(frame -> configurations.add(config(frame)));
        List<String> drawn = new ArrayList<>(configurations);
        SplittableRandom random = new SplittableRandom(SPLIT_SEED);
        for (int i = drawn.size() - 1; i > 0; i--) {
            Collections.swap(drawn, i, random.nextInt(i + 1));
        }
        Set<String> kept = new HashSet<>(drawn.subList(0, (int) Math.ceil(fraction * drawn.size())));
        return new LabelledSet(frames.stream()
                .filter(frame -> group(frame).equals("crystals") || kept.contains(config(frame)))
                .toList());
    }

    static String group(Frame frame) {
        return frame.metadata().getOrDefault("group", "");
    }

    static String config(Frame frame) {
        return frame.metadata().getOrDefault("config", "");
    }

    static boolean onTheLine(Frame frame) {
        return group(frame).equals("crystals") && LINE.contains(config(frame));
    }

    /** @param name as the data set calls it, such as {@code gamma} */
    Frame crystal(String name) {
        return frames.stream()
                .filter(frame -> config(frame).equals("crystal-" + name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no crystal " + name));
    }

    /** Crystals are always learnt; of all other configurations a tenth is held out. */
    Split split() {
        List<TrainingFrame> crystals = new ArrayList<>();
        List<TrainingFrame> others = new ArrayList<>();
        for (Frame frame : frames) {
            TrainingFrame labelled = new TrainingFrame(
                    frame.structure(),
                    frame.energy().orElseThrow(),
                    frame.forces().orElseThrow(),
                    frame.stress().orElseThrow(),
                    config(frame));
            if (group(frame).equals("crystals")) {
                crystals.add(onTheLine(frame) ? labelled.withWeight(LINE_WEIGHT) : labelled);
            } else {
                others.add(labelled);
            }
        }
        Split split = Split.byGroup(others, HELD_OUT, SPLIT_SEED);
        List<TrainingFrame> training = new ArrayList<>(crystals);
        training.addAll(split.training());
        return new Split(training, split.validation());
    }
}
