package org.glassmap.potentials.potentials;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
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
import java.util.ArrayList;
import java.util.List;
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
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Predictions for any number of frames: extended XYZ or lines of JSON in, lines of JSON or extended XYZ out, a portion of
 * frames in memory at a time. Answers leave as fast as the caller reads them.
 *
 * <p>The frames are laid down in a temporary file before the first answer goes out: many clients do not read before
 * they have sent all, and the two sides would wait for each other.
 */
@Component
class PredictionStream {

    static final String EXTENDED_XYZ = "chemical/x-extxyz";
    static final String EXTENDED_XYZ_TOO = "application/x-extxyz";
    static final String ND_JSON = MediaType.APPLICATION_NDJSON_VALUE;

    private static final int PORTION_FRAMES = 64;
    private static final int PORTION_ATOMS = 2048;

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

    /** A frame and what became of it: predicted, unfit, or not even read. */
    private record Answer(
            int index,
            @Nullable Frame frame,
            Predictions.@Nullable Fit fit,
            Predictions.@Nullable Said said,
            @Nullable InvalidStructureException unfit,
            @Nullable FormatException unread) {}

    private interface OnAnswer {
        void take(Answer answer) throws IOException;
    }

    /** One line a frame, the refused ones with their reason. */
    void toLines(Predictions predictions, HttpServletRequest request, HttpServletResponse response) throws IOException {
        each(predictions, request, () -> {
            response.setContentType(ND_JSON);
            OutputStream lines = new BufferedOutputStream(response.getOutputStream(), 1 << 16);
            return new Sink(lines, answer -> {
                lines.write(json.writeValueAsBytes(line(answer)));
                lines.write('\n');
            });
        });
    }

    /**
     * The frames with energy, forces and stress in place of what they had, the committee's spread as
     * {@code energy_spread_uncalibrated} (eV per atom), the largest {@code extrapolation_grade} of an atom, and their
     * number, from 1, as {@code frame}. A frame for which nothing can be predicted comes back without them and with the reason as {@code refused}; one that cannot be read
     * is missing, and its number with it.
     */
    void toFrames(Predictions predictions, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        each(predictions, request, () -> {
            response.setContentType(EXTENDED_XYZ);
            Writer text = new BufferedWriter(
                    new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8), 1 << 16);
            return new Sink(text, answer -> {
                if (answer.frame() != null) {
                    ExtendedXyz.write(labelled(answer, answer.frame()), text);
                }
            });
        });
    }

    private static Line line(Answer answer) {
        if (answer.said() != null) {
            return new Line(answer.index(), answer.said().onTheWire(), null);
        }
        @Nullable FormatException unread = answer.unread();
        if (unread != null) {
            return new Line(
                    answer.index(),
                    null,
                    new FrameError(
                            unread.place().line(),
                            unread.field(),
                            unread.value(),
                            String.valueOf(unread.getMessage()),
                            unread.remedy()));
        }
        @Nullable InvalidStructureException unfit = answer.unfit();
        String field = unfit == null ? "" : unfit.field();
        return new Line(answer.index(), null, new FrameError(null, field, null, reason(unfit), null));
    }

    private static String reason(@Nullable InvalidStructureException unfit) {
        return unfit == null ? "" : String.valueOf(unfit.getMessage());
    }

    private static Frame labelled(Answer answer, Frame frame) {
        Frame bare = Frame.of(frame.structure())
                .withMetadata(frame.metadata())
                .withMetadata("frame", Integer.toString(answer.index() + 1));
        Predictions.@Nullable Said said = answer.said();
        if (said == null) {
            return bare.withMetadata("refused", reason(answer.unfit()));
        }
        Frame labelled = bare.withEnergy(said.energy());
        labelled = said.forces() == null ? labelled : labelled.withForces(said.forces());
        labelled = said.stress() == null ? labelled : labelled.withStress(said.stress());
        labelled = said.energySpread() == null
                ? labelled
                : labelled.withMetadata(
                        "energy_spread_uncalibrated", said.energySpread().toString());
        return said.grades() == null
                ? labelled
                : labelled.withMetadata(
                        "extrapolation_grade", Double.toString(said.grades().largest()));
    }

    /** Where answers go, and what is to be closed when there are no more. */
    private record Sink(java.io.Flushable end, OnAnswer onAnswer) {}

    private interface Opening {
        Sink open() throws IOException;
    }

    private void each(Predictions predictions, HttpServletRequest request, Opening opening) throws IOException {
        Path file = Files.createTempFile("glassmap-frames-", null);
        try {
            try (OutputStream out = Files.newOutputStream(file)) {
                request.getInputStream().transferTo(out);
            }
            try (FrameReader frames = reader(request, Files.newInputStream(file))) {
                Sink sink = opening.open();
                each(predictions, frames, sink.onAnswer());
                sink.end().flush();
            }
        } finally {
            Files.delete(file);
        }
    }

    private FrameReader reader(HttpServletRequest request, InputStream in) {
        MediaType type = MediaType.parseMediaType(String.valueOf(request.getContentType()));
        return type.equalsTypeAndSubtype(MediaType.APPLICATION_NDJSON)
                ? new StructureLines(in, json)
                : ExtendedXyz.reader(in);
    }

    private static void each(Predictions predictions, FrameReader frames, OnAnswer onAnswer) throws IOException {
        List<Answer> portion = new ArrayList<>();
        int index = 0;
        int atoms = 0;
        for (Optional<FrameOutcome> next = frames.next(); next.isPresent(); next = frames.next()) {
            Answer seen = seen(predictions, index++, next.get());
            portion.add(seen);
            atoms += seen.frame() == null ? 0 : seen.frame().structure().size();
            if (portion.size() == PORTION_FRAMES || atoms >= PORTION_ATOMS) {
                answer(predictions, portion, onAnswer);
                portion.clear();
                atoms = 0;
            }
        }
        answer(predictions, portion, onAnswer);
    }

    private static Answer seen(Predictions predictions, int index, FrameOutcome outcome) {
        return switch (outcome) {
            case FrameOutcome.Read(Frame frame) -> {
                try {
                    yield new Answer(index, frame, predictions.fit(frame.structure()), null, null, null);
                } catch (InvalidStructureException e) {
                    yield new Answer(index, frame, null, null, e, null);
                }
            }
            case FrameOutcome.Refused(FormatException e) -> new Answer(index, null, null, null, null, e);
        };
    }

    private static void answer(Predictions predictions, List<Answer> portion, OnAnswer onAnswer) throws IOException {
        List<Predictions.Fit> fits = new ArrayList<>();
        for (Answer seen : portion) {
            if (seen.fit() != null) {
                fits.add(seen.fit());
            }
        }
        List<Predictions.Said> said = predictions.of(fits);
        int k = 0;
        for (Answer seen : portion) {
            onAnswer.take(
                    seen.fit() == null
                            ? seen
                            : new Answer(seen.index(), seen.frame(), seen.fit(), said.get(k++), null, null));
        }
    }
}
