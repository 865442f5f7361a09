package org.glassmap.potentials.trainings;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.Proximity;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.formats.ExtendedXyz;
import org.glassmap.core.formats.Frame;
import org.glassmap.core.formats.FrameOutcome;
import org.glassmap.core.formats.FrameReader;
import org.glassmap.core.learning.FrameChecks;
import org.glassmap.core.learning.TrainingFrame;
import org.jspecify.annotations.Nullable;

/**
 * Reads the labelled frames of a dataset as they stream in and refuses, by name, the first that cannot be trained on.
 * The order of the answer is that of the labels' ids, whatever order they came in.
 */
final class TrainingData {

    private static final String LABEL = "label";

    private final Set<Species> known;
    static final String COMPOSITION = "composition";

    private final @Nullable String groupKey;
    private final @Nullable String weightKey;

    /**
     * @param known species of the potential
     * @param groupKey attribute whose equal values stay on the same side of the split, or {@code composition}; null: every
     *     frame by itself
     * @param weightKey attribute that says how many times a frame counts; null: all alike
     */
    TrainingData(Set<Species> known, @Nullable String groupKey, @Nullable String weightKey) {
        this.known = known;
        this.groupKey = groupKey;
        this.weightKey = weightKey;
    }

    /** @param label id */
    record Labelled(String label, TrainingFrame frame) {

        FrameChecks.Named named() {
            return new FrameChecks.Named(label, frame);
        }
    }

    /**
     * @param in extended XYZ with the key {@code label}; closed
     * @param expected how many frames the dataset has
     * @throws UnusableDataException naming the frame, the value and a remedy
     */
    List<Labelled> read(InputStream in, int expected) throws IOException {
        List<Labelled> frames = new ArrayList<>();
        try (FrameReader reader = ExtendedXyz.reader(in)) {
            for (Optional<FrameOutcome> next = reader.next(); next.isPresent(); next = reader.next()) {
                frames.add(
                        switch (next.get()) {
                            case FrameOutcome.Read(Frame frame) -> labelled(frame, frames.size() + 1);
                            case FrameOutcome.Refused(var problem) ->
                                throw new UnusableDataException(String.valueOf(problem.getMessage()), problem);
                        });
            }
        }
        if (frames.size() != expected) {
            throw new UnusableDataException(
                    "the dataset has %d labels, %d frames came".formatted(expected, frames.size()), null);
        }
        frames.sort(Comparator.comparing(Labelled::label));
        return List.copyOf(frames);
    }

    private Labelled labelled(Frame frame, int number) {
        @Nullable String label = frame.metadata().get(LABEL);
        if (label == null) {
            throw new UnusableDataException("frame %d does not say which label it is".formatted(number), null);
        }
        try {
            return new Labelled(label, trainingFrame(frame, label));
        } catch (IllegalArgumentException e) {
            throw new UnusableDataException("%s: %s".formatted(label, e.getMessage()), e);
        }
    }

    private TrainingFrame trainingFrame(Frame frame, String label) {
        Structure structure = frame.structure();
        Proximity.requireApart(structure);
        requireKnown(structure);
        if (frame.energy().isEmpty()) {
            throw new IllegalArgumentException("it has no energy; leave it out of the dataset");
        }
        return new TrainingFrame(
                        structure,
                        frame.energy().getAsDouble(),
                        frame.forces().orElse(null),
                        frame.stress().orElse(null),
                        group(frame, label))
                .withWeight(weight(frame));
    }

    private void requireKnown(Structure structure) {
        for (int i = 0; i < structure.size(); i++) {
            if (!known.contains(structure.species(i))) {
                throw new InvalidStructureException(
                        "species",
                        "atom %d is %s, and the descriptor is told of %s only; add it to descriptor.species"
                                .formatted(i + 1, structure.species(i), known));
            }
        }
    }

    private double weight(Frame frame) {
        if (weightKey == null) {
            return 1;
        }
        @Nullable String weight = frame.metadata().get(weightKey);
        try {
            return Double.parseDouble(String.valueOf(weight));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "its attribute '%s' is to be a positive number and is %s; frames.weightKey may be left out"
                            .formatted(weightKey, weight),
                    e);
        }
    }

    private String group(Frame frame, String label) {
        if (groupKey == null) {
            return label;
        }
        @Nullable String group = frame.metadata().get(groupKey);
        if (group == null && groupKey.equals(COMPOSITION)) {
            return FrameChecks.composition(frame.structure());
        }
        if (group == null) {
            throw new IllegalArgumentException(
                    "it has no attribute '%s' to be split by; validation.key may be one of %s, or be left out"
                            .formatted(groupKey, frame.metadata().keySet()));
        }
        return group;
    }
}
