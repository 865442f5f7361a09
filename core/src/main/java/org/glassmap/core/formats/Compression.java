package org.glassmap.core.formats;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Sees by its first two bytes whether a stream is compressed with gzip, and decompresses it. */
public final class Compression {

    private Compression() {}

    /**
     * The plain content of a stream, compressed or not. A damaged or cut compressed stream ends in a
     * {@link FormatException} from {@code read}.
     */
    public static InputStream decompressed(InputStream in) throws IOException {
        PushbackInputStream start = new PushbackInputStream(in, 2);
        byte[] magic = start.readNBytes(2);
        start.unread(magic);
        boolean gzip = magic.length == 2 && magic[0] == (byte) 0x1f && magic[1] == (byte) 0x8b;
        if (!gzip) {
            return start;
        }
        try {
            return new Checked(new GZIPInputStream(start, 1 << 16));
        } catch (ZipException | EOFException e) {
            throw damaged(e);
        }
    }

    private static FormatException damaged(IOException e) {
        FormatException damaged = new FormatException(
                Place.in("gzip"),
                "compressed stream",
                "is cut or damaged",
                String.valueOf(e.getMessage()),
                "send the whole file again");
        damaged.initCause(e);
        return damaged;
    }

    /** A fault of the content becomes a finding about it; a fault of the stream below stays what it is. */
    private static final class Checked extends FilterInputStream {

        Checked(GZIPInputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                return super.read(into, offset, length);
            } catch (ZipException | EOFException e) {
                throw damaged(e);
            }
        }
    }
}
