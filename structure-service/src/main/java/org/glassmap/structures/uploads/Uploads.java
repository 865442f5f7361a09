package org.glassmap.structures.uploads;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.contract.structures.ItemOutcome;
import org.glassmap.contract.structures.ItemOutcome.FrameError;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.formats.FormatException;
import org.glassmap.core.formats.Frame;
import org.glassmap.core.formats.FrameOutcome;
import org.glassmap.core.formats.FrameReader;
import org.glassmap.structures.contents.InvalidInputException;
import org.glassmap.support.problems.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes a file frame by frame and answers with a line for each. One chunk of frames is held at a time, so memory does
 * not grow with the file; a bad frame is named and those around it go in.
 *
 * <p>The answer is written aside until the file has come to its end: a client that reads nothing before it has sent
 * everything would otherwise wait for this server while this server waits for it.
 */
@Component
public class Uploads {

    /** The key under which archives tell the name of the entry. */
    private static final String ENTRY = "file";

    private static final int CHUNK_FRAMES = 200;
    private static final int CHUNK_ATOMS = 20_000;

    private final JsonMapper json;

    Uploads(JsonMapper json) {
        this.json = json;
    }

    /**
     * Takes the body of a request.
     *
     * @param jsonFrame reads a line where the body is NDJSON
     * @throws ProblemException if the body has no format that is read, or no frame
     */
    public <T> void take(
            HttpServletRequest request, HttpServletResponse response, JsonFrame jsonFrame, Intake<T> intake)
            throws IOException {
        UploadFormat format = UploadFormat.of(request.getContentType());
        Path aside = Files.createTempFile("glassmap-outcomes", ".ndjson");
        try {
            int frames;
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(aside), 1 << 16);
                    FrameReader reader = format.open(request.getInputStream(), jsonFrame)) {
                frames = new Taking<>(intake, out).take(reader);
            }
            if (frames == 0) {
                throw ProblemException.of(
                        RequestProblem.INVALID_REQUEST, "The body holds no frame; send at least one.");
            }
            response.setContentType("application/x-ndjson");
            response.setContentLengthLong(Files.size(aside));
            try (InputStream in = Files.newInputStream(aside)) {
                in.transferTo(response.getOutputStream());
            }
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    /** A frame that was looked at: admitted, or refused. */
    private record Seen<T>(
            int index,
            @Nullable String entry,
            @Nullable T admitted,
            @Nullable FrameError error) {}

    /** One upload on its way. */
    private final class Taking<T> {

        private final Intake<T> intake;
        private final OutputStream out;
        private final List<Seen<T>> chunk = new ArrayList<>();
        private int frames;
        private int atoms;

        Taking(Intake<T> intake, OutputStream out) {
            this.intake = intake;
            this.out = out;
        }

        int take(FrameReader reader) throws IOException {
            for (Optional<FrameOutcome> next = reader.next(); next.isPresent(); next = reader.next()) {
                switch (next.get()) {
                    case FrameOutcome.Read read -> look(read.frame());
                    case FrameOutcome.Refused refused -> refuse(refused.problem());
                }
                if (chunk.size() >= CHUNK_FRAMES || atoms >= CHUNK_ATOMS) {
                    flush();
                }
            }
            flush();
            return frames;
        }

        private void look(Frame frame) {
            String entry = frame.metadata().get(ENTRY);
            atoms += frame.structure().size();
            try {
                T admitted = intake.admit(frame); // counted once it is known whether it is refused
                chunk.add(new Seen<>(frames++, entry, admitted, null));
            } catch (InvalidStructureException e) {
                String detail = String.valueOf(e.getMessage());
                refuse(entry, new FrameError(null, e.field(), null, detail, "correct the " + e.field()));
            } catch (InvalidInputException e) {
                String detail = String.valueOf(e.getMessage());
                refuse(entry, new FrameError(null, e.field(), e.value(), detail, e.remedy()));
            }
        }

        private void refuse(FormatException e) {
            FrameError error = new FrameError(
                    e.place().line() == 0 ? null : e.place().line(),
                    e.field(),
                    e.value(),
                    String.valueOf(e.getMessage()),
                    e.remedy());
            refuse(e.place().entry().isEmpty() ? null : e.place().entry(), error);
        }

        private void refuse(@Nullable String entry, FrameError error) {
            chunk.add(new Seen<>(frames++, entry, null, error));
        }

        private void flush() throws IOException {
            List<T> admitted = new ArrayList<>();
            for (Seen<T> seen : chunk) {
                if (seen.admitted() != null) {
                    admitted.add(seen.admitted());
                }
            }
            List<Intake.Kept> kept = admitted.isEmpty() ? List.of() : intake.keep(admitted);
            int k = 0;
            for (Seen<T> seen : chunk) {
                write(seen.admitted() == null ? refused(seen) : taken(seen, kept.get(k++)));
            }
            chunk.clear();
            atoms = 0;
        }

        private ItemOutcome refused(Seen<T> seen) {
            return new ItemOutcome(seen.index(), seen.entry(), "error", null, null, seen.error(), List.of());
        }

        private ItemOutcome taken(Seen<T> seen, Intake.Kept kept) {
            return new ItemOutcome(
                    seen.index(),
                    seen.entry(),
                    kept.inserted() ? "inserted" : "existing",
                    kept.structure(),
                    kept.label(),
                    null,
                    kept.warnings());
        }

        private void write(ItemOutcome outcome) throws IOException {
            out.write(json.writeValueAsBytes(outcome));
            out.write('\n');
        }
    }
}
