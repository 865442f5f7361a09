package org.glassmap.potentials.potentials;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
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
 * Predictions for any number of frames: extended XYZ or lines of JSON in, lines of JSON or extended XYZ out. A few portions
 * of frames are in memory at a time, in several threads; what is said of a frame depends neither on the others nor on the
 * threads. Answers leave as fast as the caller reads them, and the work stops where the caller has gone.
 *
 * <p>The frames are laid down in a temporary file before the first answer goes out: many clients do not read before
 * they have sent all, and the two sides would wait for each other.
 */
@Component
class PredictionStream {

    static final String EXTENDED_XYZ = "chemical/x-extxyz";
    static final String EXTENDED_XYZ_TOO = "application/x-extxyz";
    static final String ND_JSON = MediaType.APPLICATION_NDJSON_VALUE;

    /** Portions of a stream under way are {@link PredictionThreads#portionsAhead()}. */
    static final int PORTION_FRAMES = 64;

    /** A portion ends with the frame that brings it here; the kernel takes as many together. */
    static final int PORTION_ATOMS = 2048;

    private final JsonMapper json;
    private final PredictionThreads threads;
    private final Path folder;

    PredictionStream(JsonMapper json, PredictionThreads threads, PredictionProperties properties) {
        this.json = json;
        this.threads = threads;
        this.folder = properties.folderHere();
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

    /** A frame as it was read, or why not. */
    private record Numbered(int index, FrameOutcome outcome) {}

    /** One way of writing answers. */
    private interface Format {
        void write(Answer answer, OutputStream out) throws IOException;
    }

    /**
     * One line a frame, the refused ones with their reason.
     *
     * @param predictions makes one for a thread
     */
    void toLines(Supplier<Predictions> predictions, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        each(predictions, request, response, ND_JSON, (answer, out) -> {
            out.write(json.writeValueAsBytes(line(answer)));
            out.write('\n');
        });
    }

    /**
     * The frames with energy, forces and stress in place of what they had, the committee's spread as
     * {@code energy_spread_uncalibrated} (eV per atom) and, where it is calibrated, the standard deviation as
     * {@code energy_sigma} (eV per atom), the {@code kernel} they were computed by, the largest {@code extrapolation_grade}
     * of an atom, and their number, from 1, as {@code frame}. A frame for which nothing can be predicted comes back without
     * them and with the reason as {@code refused}; one that cannot be read is missing, and its number with it.
     *
     * @param predictions makes one for a thread
     */
    void toFrames(Supplier<Predictions> predictions, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        each(predictions, request, response, EXTENDED_XYZ, (answer, out) -> {
            if (answer.frame() != null) {
                StringBuilder text = new StringBuilder();
                ExtendedXyz.write(labelled(answer, answer.frame()), text);
                out.write(text.toString().getBytes(StandardCharsets.UTF_8));
            }
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
        Frame labelled = bare.withMetadata("kernel", said.kernel().id()).withEnergy(said.energy());
        labelled = said.forces() == null ? labelled : labelled.withForces(said.forces());
        labelled = said.stress() == null ? labelled : labelled.withStress(said.stress());
        labelled = said.energySpread() == null
                ? labelled
                : labelled.withMetadata(
                        "energy_spread_uncalibrated", said.energySpread().toString());
        labelled = said.energySigma() == null
                ? labelled
                : labelled.withMetadata("energy_sigma", said.energySigma().toString());
        return said.grades() == null
                ? labelled
                : labelled.withMetadata(
                        "extrapolation_grade", Double.toString(said.grades().largest()));
    }

    private void each(
            Supplier<Predictions> predictions,
            HttpServletRequest request,
            HttpServletResponse response,
            String mediaType,
            Format format)
            throws IOException {
        Path file = Files.createTempFile(folder, "glassmap-frames-", null);
        try {
            try (OutputStream out = Files.newOutputStream(file)) {
                request.getInputStream().transferTo(out);
            }
            try (FrameReader frames = reader(request, Files.newInputStream(file))) {
                response.setContentType(mediaType);
                OutputStream out = new BufferedOutputStream(response.getOutputStream(), 1 << 16);
                each(predictions, frames, format, out);
                out.flush();
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

    private void each(Supplier<Predictions> predictions, FrameReader frames, Format format, OutputStream out)
            throws IOException {
        Queue<Predictions> idle = new ConcurrentLinkedQueue<>(); // no more than there are threads
        InOrder.run(
                new Portions(frames),
                portion -> {
                    Predictions mine = Optional.ofNullable(idle.poll()).orElseGet(predictions);
                    byte[] text = written(answers(mine, portion), format);
                    idle.add(mine);
                    return text;
                },
                out::write,
                threads.executor(),
                threads.portionsAhead());
    }

    /** Frames in portions: many small ones, or a large one. */
    private static final class Portions implements InOrder.Source<List<Numbered>> {
        private final FrameReader frames;
        private int index;

        Portions(FrameReader frames) {
            this.frames = frames;
        }

        @Override
        public Optional<List<Numbered>> next() throws IOException {
            List<Numbered> portion = new ArrayList<>(PORTION_FRAMES);
            int atoms = 0;
            while (portion.size() < PORTION_FRAMES && atoms < PORTION_ATOMS) {
                Optional<FrameOutcome> next = frames.next();
                if (next.isEmpty()) {
                    break;
                }
                portion.add(new Numbered(index++, next.get()));
                atoms += next.get() instanceof FrameOutcome.Read(Frame frame)
                        ? frame.structure().size()
                        : 0;
            }
            return portion.isEmpty() ? Optional.empty() : Optional.of(portion);
        }
    }

    private static byte[] written(List<Answer> answers, Format format) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(1 << 16);
        try {
            for (Answer answer : answers) {
                format.write(answer, text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return text.toByteArray();
    }

    private static Answer seen(Predictions predictions, Numbered numbered) {
        int index = numbered.index();
        return switch (numbered.outcome()) {
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

    private static List<Answer> answers(Predictions predictions, List<Numbered> portion) {
        List<Answer> answers = new ArrayList<>(portion.size());
        List<Predictions.Fit> fits = new ArrayList<>(portion.size());
        for (Numbered numbered : portion) {
            Answer seen = seen(predictions, numbered);
            answers.add(seen);
            if (seen.fit() != null) {
                fits.add(seen.fit());
            }
        }
        List<Predictions.Said> said = predictions.of(fits);
        int k = 0;
        for (int a = 0; a < answers.size(); a++) {
            Answer seen = answers.get(a);
            if (seen.fit() != null) {
                answers.set(a, new Answer(seen.index(), seen.frame(), seen.fit(), said.get(k++), null, null));
            }
        }
        return answers;
    }
}
