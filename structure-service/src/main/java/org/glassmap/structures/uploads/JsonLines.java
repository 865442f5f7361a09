package org.glassmap.structures.uploads;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.formats.Compression;
import org.glassmap.core.formats.FormatException;
import org.glassmap.core.formats.FrameOutcome;
import org.glassmap.core.formats.FrameReader;
import org.glassmap.core.formats.Place;
import org.glassmap.structures.contents.InvalidInputException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** A JSON object on each line. Empty lines are passed over. */
final class JsonLines implements FrameReader {

    private static final String FORMAT = "NDJSON";
    private static final int LONGEST_LINE = 32 << 20;
    private static final int SHOWN = 80;

    private final InputStream raw;
    private final JsonFrame json;
    private @Nullable InputStream in;
    private long number;
    private int frame;

    JsonLines(InputStream in, JsonFrame json) {
        this.raw = in;
        this.json = json;
    }

    @Override
    public Optional<FrameOutcome> next() throws IOException {
        while (true) {
            byte[] line;
            try {
                line = line();
            } catch (FormatException e) { // damaged compression: nothing can follow
                in = InputStream.nullInputStream();
                return Optional.of(new FrameOutcome.Refused(e));
            }
            if (line == null) {
                return Optional.empty();
            }
            if (!isBlank(line)) {
                frame++;
                return Optional.of(outcome(line));
            }
        }
    }

    private FrameOutcome outcome(byte[] line) {
        Place place = new Place(FORMAT, "", frame, number);
        if (line.length > LONGEST_LINE) {
            return new FrameOutcome.Refused(new FormatException(
                    place, "line", "is longer than 32 MiB", shown(line), "send smaller structures"));
        }
        try {
            return new FrameOutcome.Read(json.read(line));
        } catch (InvalidInputException e) {
            return new FrameOutcome.Refused(
                    new FormatException(place, e.field(), e.detail(), String.valueOf(e.value()), e.remedy()));
        } catch (InvalidStructureException e) {
            return new FrameOutcome.Refused(new FormatException(
                    place, e.field(), String.valueOf(e.getMessage()), shown(line), "correct the " + e.field()));
        } catch (JacksonException e) {
            return new FrameOutcome.Refused(new FormatException(
                    place, "JSON", "cannot be read: " + e.getOriginalMessage(), shown(line), "send one object a line"));
        }
    }

    private static String shown(byte[] line) {
        return new String(line, 0, Math.min(line.length, SHOWN), StandardCharsets.UTF_8);
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    /** Without its end; one byte longer than the longest where it is too long. Null at the end of the input. */
    private byte @Nullable [] line() throws IOException {
        if (in == null) {
            in = new BufferedInputStream(Compression.decompressed(raw), 1 << 16);
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int b = in.read();
        if (b < 0) {
            return null;
        }
        number++;
        for (; b >= 0 && b != '\n'; b = in.read()) {
            if (line.size() <= LONGEST_LINE) {
                line.write(b);
            }
        }
        return line.toByteArray();
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}
