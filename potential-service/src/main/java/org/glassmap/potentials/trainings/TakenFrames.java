package org.glassmap.potentials.trainings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.glassmap.contract.trainings.TrainingReport.LeftOut;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.learning.FrameChecks;
import org.glassmap.core.learning.LossSettings;
import org.glassmap.core.learning.Split;
import org.glassmap.core.learning.TrainingFrame;
import org.glassmap.potentials.trainings.TrainingData.Labelled;

/**
 * The frames of a dataset that a training takes, each in its part of the split, and those that it leaves out.
 *
 * @param frames that are taken, in the order of their labels
 */
record TakenFrames(List<Labelled> frames, Split split, List<LeftOut> leftOut, List<String> warnings) {

    static final String TRAINING = "training";
    static final String VALIDATION = "validation";
    static final String CALIBRATION = "calibration";

    /** @throws UnusableDataException naming labels, what is wrong with them and a remedy */
    static TakenFrames of(TrainingPlan plan, List<Labelled> all) {
        FrameChecks.fault(all.stream().map(Labelled::named).toList()).ifPresent(fault -> {
            throw new UnusableDataException("%s; %s".formatted(fault.detail(), fault.remedy()), null);
        });
        List<LeftOut> leftOut = new ArrayList<>();
        List<Labelled> frames = withinWindow(plan, distinct(all, leftOut), leftOut);
        requireLearnable(plan.settings().loss(), frames);
        Split split = Split.byGroup(
                frames.stream().map(Labelled::frame).toList(),
                plan.validationShare(),
                plan.calibrationShare(),
                plan.splitSeed());
        requireParts(plan, frames, split);
        return new TakenFrames(frames, split, List.copyOf(leftOut), warnings(plan, frames, split));
    }

    /** The same structure with the same energy twice would stand on both sides of the split. */
    private static List<Labelled> distinct(List<Labelled> all, List<LeftOut> leftOut) {
        Map<String, String> duplicates =
                FrameChecks.duplicates(all.stream().map(Labelled::named).toList());
        duplicates.forEach((label, first) -> leftOut.add(new LeftOut(label, "the structure of " + first)));
        return all.stream().filter(f -> !duplicates.containsKey(f.label())).toList();
    }

    private static List<Labelled> withinWindow(TrainingPlan plan, List<Labelled> frames, List<LeftOut> leftOut) {
        Double window = plan.energyWindow();
        if (window == null) {
            return frames;
        }
        Map<String, Double> lowest = new TreeMap<>();
        frames.forEach(f -> lowest.merge(composition(f), perAtom(f), Math::min));
        List<Labelled> taken = new ArrayList<>();
        for (Labelled frame : frames) {
            double above = perAtom(frame) - Objects.requireNonNull(lowest.get(composition(frame)));
            if (above <= window) {
                taken.add(frame);
            } else {
                leftOut.add(new LeftOut(
                        frame.label(),
                        "%.4f eV/atom above the lowest of %s, beyond frames.energyWindow %s"
                                .formatted(above, composition(frame), window)));
            }
        }
        return taken;
    }

    private static String composition(Labelled frame) {
        return FrameChecks.composition(frame.frame().structure());
    }

    private static double perAtom(Labelled frame) {
        return frame.frame().energy() / frame.frame().structure().size();
    }

    /** Weights on what no label has are no error, but there must be something left to learn. */
    private static void requireLearnable(LossSettings loss, List<Labelled> frames) {
        boolean learnable = loss.energy() > 0
                || loss.force() > 0
                        && frames.stream().anyMatch(f -> f.frame().forces().isPresent())
                || loss.virial() > 0
                        && frames.stream().anyMatch(f -> f.frame().stress().isPresent());
        if (!learnable) {
            throw new UnusableDataException(
                    "the loss has no weight on energies, and no label has the forces or stress that it has; give"
                            + " loss.energy a weight",
                    null);
        }
    }

    private static void requireParts(TrainingPlan plan, List<Labelled> frames, Split split) {
        if (plan.settings().keepBest() && split.validation().isEmpty()) {
            throw new UnusableDataException(
                    "all %d labels are of one group by '%s': there is nothing to validate on; choose another"
                                    .formatted(frames.size(), plan.groupKey())
                            + " validation.key, or the fraction 0",
                    null);
        }
        Set<Species> learnt = split.training().stream()
                .flatMap(f -> f.structure().species().stream())
                .collect(Collectors.toSet());
        for (Species species : plan.settings().descriptor().environment()) {
            if (!learnt.contains(species)) {
                String held = frames.stream()
                        .filter(f -> f.frame().structure().species().contains(species))
                        .map(Labelled::label)
                        .findFirst()
                        .orElse("none");
                throw new UnusableDataException(
                        "no frame of the training part has %s: all that have it, such as %s, are held back; lower"
                                        .formatted(species, held)
                                + " validation.fraction and validation.calibration, choose another validation.key or"
                                + " seed, or add labels with it",
                        null);
            }
        }
    }

    private static List<String> warnings(TrainingPlan plan, List<Labelled> frames, Split split) {
        List<String> warnings = new ArrayList<>();
        Map<String, Integer> counts = new TreeMap<>();
        frames.forEach(f -> counts.merge(composition(f), 1, Integer::sum));
        List<String> alone = counts.entrySet().stream()
                .filter(entry -> entry.getValue() == 1)
                .map(Map.Entry::getKey)
                .toList();
        if (!alone.isEmpty() && counts.size() > 1) {
            warnings.add("%d compositions have one frame, such as %s: nothing tells of the error on them but themselves"
                    .formatted(alone.size(), alone.getFirst()));
        }
        if (plan.calibrationShare() > 0 && split.unseen().isEmpty()) {
            warnings.add("too few groups to hold any back for the calibration of the spread: it is not calibrated");
        }
        if (plan.groupKey() == null && plan.validationShare() > 0) {
            warnings.add("the split is by frame: where frames are of one trajectory, validation flatters; give"
                    + " validation.key");
        }
        return List.copyOf(warnings);
    }

    /** The part of every frame, by identity. */
    Map<TrainingFrame, String> parts() {
        Map<TrainingFrame, String> parts = new IdentityHashMap<>();
        split.training().forEach(f -> parts.put(f, TRAINING));
        split.validation().forEach(f -> parts.put(f, VALIDATION));
        split.unseen().forEach(f -> parts.put(f, CALIBRATION));
        return Collections.unmodifiableMap(parts);
    }
}
