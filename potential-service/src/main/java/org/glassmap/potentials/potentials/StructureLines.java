package org.glassmap.potentials.potentials;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.glassmap.contract.structures.StructureDocument;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.formats.FormatException;
import org.glassmap.core.formats.Frame;
import org.glassmap.core.formats.FrameOutcome;
import org.glassmap.core.formats.FrameReader;
import org.glassmap.core.formats.Place;
import org.glassmap.potentials.peers.WireStructure;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A structure's document on each line. Empty lines are passed over. */
final class StructureLines implements FrameReader {

    private static final int LONGEST = 32 << 20;
    private static final int SHOWN = 80;

    private final InputStream in;
    private final JsonMapper json;
    private long number;
    private int frame;

    StructureLines(InputStream in, JsonMapper json) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.json = json;
    }

    @Override
    public Optional<FrameOutcome> next() throws IOException {
        for (byte[] line = line(); line != null; line = line()) {
            if (!new String(line, StandardCharsets.UTF_8).isBlank()) {
                frame++;
                return Optional.of(outcome(line));
            }
        }
        return Optional.empty();
    }

    private FrameOutcome outcome(byte[] line) {
        if (line.length > LONGEST) {
            return refused("line", "is longer than 32 MiB", line, "send smaller structures");
        }
        try {
            @Nullable StructureDocument document = json.readValue(line, StructureDocument.class);
            if (document == null) {
                return refused("JSON", "is null", line, "send a structure a line");
            }
            return new FrameOutcome.Read(Frame.of(WireStructure.read(document)));
        } catch (InvalidStructureException e) {
            return refused(e.field(), String.valueOf(e.getMessage()), line, "correct the " + e.field());
        } catch (JacksonException e) {
            return refused("JSON", "cannot be read: " + e.getOriginalMessage(), line, "send a structure a line");
        }
    }

    private FrameOutcome refused(String field, String complaint, byte[] line, String remedy) {
        String shown = new String(line, 0, Math.min(line.length, SHOWN), StandardCharsets.UTF_8);
        return new FrameOutcome.Refused(
                new FormatException(new Place("NDJSON", "", frame, number), field, complaint, shown, remedy));
    }

    /** Without its end; one byte longer than the longest where it is too long. Null at the end of the input. */
    private byte @Nullable [] line() throws IOException {
        int b = in.read();
        if (b < 0) {
            return null;
        }
        number++;
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (; b >= 0 && b != '\n'; b = in.read()) {
            if (line.size() <= LONGEST) {
                line.write(b);
            }
        }
        return line.toByteArray();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
