package org.glassmap.benchmarks.accuracy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.glassmap.core.formats.Frame;
import org.glassmap.core.learning.Split;
import org.glassmap.core.learning.TrainingFrame;
import org.glassmap.core.numerics.Seed;

/**
 * The labelled Li–P–S structures that {@code shared/dataset} holds: those files that were there when its README's quick
 * fit was made. Labels are SevenNet-0's (PBE-like), not DFT's.
 *
 * @param files frames by file, their groups the configurations
 */
record Dataset(Map<String, List<TrainingFrame>> files) {

    private static final List<String> FILES =
            List.of("crystals", "scaled", "rattled", "md", "removed", "glass", "random");

    static Dataset read(SharedData shared) {
        Map<String, List<TrainingFrame>> files = new LinkedHashMap<>();
        for (String file : FILES) {
            List<TrainingFrame> frames = new ArrayList<>();
            for (Frame frame : shared.extendedXyz("dataset/" + file + ".extxyz.gz")) {
                frames.add(
                        SharedData.labelled(frame, file + "/" + frame.metadata().get("config")));
            }
            files.put(file, frames);
        }
        return new Dataset(files);
    }

    /** Of every file but the crystals, which are always learnt: a tenth of the configurations to stop by, a tenth to judge on. */
    Map<String, Split> split(long seed) {
        Map<String, Split> splits = new LinkedHashMap<>();
        files.forEach((file, frames) -> splits.put(
                file,
                file.equals("crystals")
                        ? new Split(frames, List.of())
                        : Split.byGroup(frames, 0.1, 0.1, Seed.of(seed, file))));
        return splits;
    }

    /** One configuration of so many, by their names in order; all crystals. */
    Dataset everyNth(int n) {
        Map<String, List<TrainingFrame>> fewer = new LinkedHashMap<>();
        files.forEach((file, frames) -> fewer.put(file, file.equals("crystals") ? frames : everyNth(frames, n)));
        return new Dataset(fewer);
    }

    static List<TrainingFrame> everyNth(List<TrainingFrame> frames, int n) {
        TreeSet<String> groups = new TreeSet<>();
        frames.forEach(frame -> groups.add(frame.group()));
        List<String> sorted = List.copyOf(groups);
        return frames.stream()
                .filter(frame -> sorted.indexOf(frame.group()) % n == 0)
                .toList();
    }
}
