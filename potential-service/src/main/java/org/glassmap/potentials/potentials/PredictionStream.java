package org.glassmap.potentials.potentials;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.glassmap.contract.potentials.Prediction;
import org.glassmap.contract.structures.ItemOutcome.FrameError;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.formats.ExtendedXyz;
import org.glassmap.core.formats.FormatException;
import org.glassmap.core.formats.Frame;
import org.glassmap.core.formats.FrameOutcome;
import org.glassmap.core.formats.FrameReader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Predictions for any number of frames: extended XYZ in, lines of JSON or extended XYZ out, one frame in memory at a
 * time.
 *
 * <p>The frames are laid down in a temporary file before the first answer goes out: many clients do not read before
 * they have sent all, and the two sides would wait for each other.
 */
@Component
class PredictionStream {

    static final String EXTENDED_XYZ = "chemical/x-extxyz";
    static final String EXTENDED_XYZ_TOO = "application/x-extxyz";

    private final JsonMapper json;

    PredictionStream(JsonMapper json) {
        this.json = json;
    }

    /**
     * A line of NDJSON.
     *
     * @param index of the frame, from 0
     * @param prediction absent on an error
     * @param error what is wrong with the frame; absent elsewhere
     */
    record Line(
            int index,
            @Nullable Prediction prediction,
            @Nullable FrameError error) {}

    /** One line a frame, the refused ones with their reason. */
    void toLines(Potentials.Graded potential, InputStream in, OutputStream out) throws IOException {
        Predictions predictions = new Predictions(potential, Double.POSITIVE_INFINITY);
        OutputStream lines = new BufferedOutputStream(out, 1 << 16);
        eachFrame(in, (index, outcome) -> {
            lines.write(json.writeValueAsBytes(line(predictions, index, outcome)));
            lines.write('\n');
        });
        lines.flush();
    }

    /**
     * The frames with energy, forces and stress in place of what they had, the committee's spread as
     * {@code energy_spread_uncalibrated} (eV per atom), the largest {@code extrapolation_grade} of an atom and their number, from 1, as {@code frame}. A frame for which
     * nothing can be predicted comes back without them and with the reason as {@code refused}; one that cannot be read
     * is missing, and its number with it.
     */
    void toFrames(Potentials.Graded potential, InputStream in, OutputStream out) throws IOException {
        Predictions predictions = new Predictions(potential, Double.POSITIVE_INFINITY);
        Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
        eachFrame(in, (index, outcome) -> {
            if (outcome instanceof FrameOutcome.Read(Frame frame)) {
                ExtendedXyz.write(labelled(predictions, index, frame), text);
            }
        });
        text.flush();
    }

    private static Line line(Predictions predictions, int index, FrameOutcome outcome) {
        return switch (outcome) {
            case FrameOutcome.Read(Frame frame) -> {
                try {
                    yield new Line(index, predictions.of(frame.structure()).onTheWire(false), null);
                } catch (InvalidStructureException e) {
                    yield new Line(
                            index, null, new FrameError(null, e.field(), null, String.valueOf(e.getMessage()), null));
                }
            }
            case FrameOutcome.Refused(FormatException e) ->
                new Line(
                        index,
                        null,
                        new FrameError(
                                e.place().line(), e.field(), e.value(), String.valueOf(e.getMessage()), e.remedy()));
        };
    }

    private static Frame labelled(Predictions predictions, int index, Frame frame) {
        Frame bare = Frame.of(frame.structure())
                .withMetadata(frame.metadata())
                .withMetadata("frame", Integer.toString(index + 1));
        try {
            Predictions.Said said = predictions.of(frame.structure());
            Frame labelled =
                    bare.withEnergy(said.mean().energy()).withForces(said.mean().forces());
            double @Nullable [] stress = said.stress();
            labelled = stress == null ? labelled : labelled.withStress(stress);
            labelled = said.energySpread() == null
                    ? labelled
                    : labelled.withMetadata(
                            "energy_spread_uncalibrated", said.energySpread().toString());
            return said.grades() == null
                    ? labelled
                    : labelled.withMetadata(
                            "extrapolation_grade", Double.toString(said.grades().largest()));
        } catch (InvalidStructureException e) {
            return bare.withMetadata("refused", String.valueOf(e.getMessage()));
        }
    }

    private interface OnFrame {
        void take(int index, FrameOutcome outcome) throws IOException;
    }

    private static void eachFrame(InputStream in, OnFrame onFrame) throws IOException {
        Path file = Files.createTempFile("glassmap-frames-", ".xyz");
        try {
            try (OutputStream out = Files.newOutputStream(file)) {
                in.transferTo(out);
            }
            try (FrameReader frames = ExtendedXyz.reader(Files.newInputStream(file))) {
                int index = 0;
                for (Optional<FrameOutcome> next = frames.next(); next.isPresent(); next = frames.next()) {
                    onFrame.take(index++, next.get());
                }
            }
        } finally {
            Files.delete(file);
        }
    }
}
