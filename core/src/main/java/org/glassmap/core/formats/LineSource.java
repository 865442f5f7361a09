package org.glassmap.core.formats;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a hostile stream, in bounded memory. A line that is too long or binary is reported and passed over, so that
 * its reader can go on with the line after it. Line ends are LF or CR LF. Streams compressed with gzip are decompressed.
 */
final class LineSource implements Closeable {

    private final InputStream raw;
    private final ReadingLimits limits;
    private Place place;
    private @Nullable InputStream in;
    private final byte[] block = new byte[1 << 16];
    private byte[] line = new byte[256];
    private int blockEnd;
    private int blockAt;
    private long bytes;
    private long number;
    private boolean ended;
    private @Nullable String pushedBack;

    LineSource(InputStream raw, String format, ReadingLimits limits) {
        this.raw = raw;
        this.place = Place.in(format);
        this.limits = limits;
    }

    /** From now on places name this frame. */
    void beginFrame(int frame) {
        place = place.inFrame(frame);
    }

    /** The line last read. */
    Place place() {
        return place.atLine(number);
    }

    /** The line without its end; null when there is none left.
     *
     * @throws FormatException if the line is longer than the limit, is not text, or the input is too long altogether
     */
    @Nullable
    String next() throws IOException {
        if (pushedBack != null) {
            String again = pushedBack;
            pushedBack = null;
            number++;
            return again;
        }
        if (ended) {
            return null;
        }
        int length = 0;
        long whole = 0;
        while (true) {
            int b = read();
            if (b < 0) {
                ended = true;
                if (whole == 0) {
                    return null;
                }
                break;
            }
            whole++;
            if (b == '\n') {
                break;
            }
            if (length < limits.lineLength()) {
                append(b, length);
                length++;
            } else if (whole > (long) limits.lineLength() + 1) { // room for the CR before the LF
                skipRestOfLine();
                number++;
                throw problem("line", "is longer than %d bytes".formatted(limits.lineLength()), text(length));
            }
        }
        number++;
        return textLine(length > 0 && line[length - 1] == '\r' ? length - 1 : length);
    }

    /** The line last read will be read again. */
    void pushBack(String lastLine) {
        pushedBack = lastLine;
        number--;
    }

    /** Of the line last read, from 1; 0 before the first. */
    long number() {
        return number;
    }

    /** Taken so far, after decompression. */
    long bytes() {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }

    private String textLine(int length) {
        for (int i = 0; i < length; i++) {
            int b = line[i] & 0xff;
            if (b < 0x20 && b != '\t' && b != '\f') {
                throw problem("line", "is not text (byte 0x%02x)".formatted(b), text(Math.min(length, 100)));
            }
        }
        return text(length);
    }

    private String text(int length) {
        return new String(line, 0, length, StandardCharsets.UTF_8);
    }

    private void append(int b, int at) {
        if (at == line.length) {
            line = java.util.Arrays.copyOf(line, Math.min(2 * line.length, limits.lineLength()));
        }
        line[at] = (byte) b;
    }

    private void skipRestOfLine() throws IOException {
        for (int b = read(); b >= 0; b = read()) {
            if (b == '\n') {
                return;
            }
        }
        ended = true;
    }

    private int read() throws IOException {
        if (blockAt == blockEnd) {
            blockAt = 0;
            blockEnd = 0;
            try {
                if (in == null) {
                    in = Compression.decompressed(raw);
                }
                blockEnd = Math.max(0, in.read(block, 0, block.length));
            } catch (FormatException e) {
                ended = true;
                throw e;
            }
            if (blockEnd == 0) {
                return -1;
            }
            bytes += blockEnd;
            if (bytes > limits.bytes()) {
                ended = true;
                throw problem("input", "is longer than %d bytes".formatted(limits.bytes()), "");
            }
        }
        return block[blockAt++] & 0xff;
    }

    private FormatException problem(String field, String complaint, String value) {
        return new FormatException(
                place(), field, complaint, value, "send a text file of this format, in parts if need be");
    }
}
