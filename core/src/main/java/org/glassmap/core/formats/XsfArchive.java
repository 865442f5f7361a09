package org.glassmap.core.formats;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * XSF files of a tar or zip, one after the other. What is read of an entry's content counts towards the limit, also
 * where it is only passed over, so that a small archive cannot cost much time. An archive that is itself damaged ends
 * with that refusal.
 */
final class XsfArchive implements FrameReader {

    private static final String FORMAT = "archive";
    private static final int LONGEST_NAME = 512;

    private final ReadingLimits limits;
    private final Source source;
    private @Nullable ArchiveInputStream<? extends ArchiveEntry> archive;
    private long bytesLeft;
    private boolean ended;

    XsfArchive(InputStream in, ReadingLimits limits) {
        this.source = new Source(in);
        this.limits = limits;
        this.bytesLeft = limits.bytes();
    }

    @Override
    public Optional<FrameOutcome> next() throws IOException {
        while (!ended) {
            ArchiveEntry entry;
            try {
                entry = opened().getNextEntry();
            } catch (IOException
                    | IllegalArgumentException e) { // the library throws all kinds of either at damaged archives
                return last(damaged(e));
            }
            if (entry == null) {
                ended = true;
            } else if (!isPassedOver(entry)) {
                return Optional.of(outcome(entry, opened()));
            } else if (!drained(opened())) {
                return last(tooLong());
            }
        }
        return Optional.empty();
    }

    private ArchiveInputStream<? extends ArchiveEntry> opened() throws IOException {
        if (archive == null) {
            BufferedInputStream start = new BufferedInputStream(Compression.decompressed(source));
            start.mark(4);
            byte[] magic = start.readNBytes(4);
            start.reset();
            boolean zip = magic.length == 4 && magic[0] == 'P' && magic[1] == 'K' && magic[2] < 9 && magic[3] < 9;
            archive = zip ? new ZipArchiveInputStream(start) : new TarArchiveInputStream(start);
        }
        return archive;
    }

    private static boolean isPassedOver(ArchiveEntry entry) {
        String name = entry.getName();
        return entry.isDirectory() || name.substring(name.lastIndexOf('/') + 1).startsWith(".");
    }

    private FrameOutcome outcome(ArchiveEntry entry, ArchiveInputStream<? extends ArchiveEntry> content)
            throws IOException {
        String name = Printable.line(entry.getName(), LONGEST_NAME);
        FrameOutcome outcome;
        try {
            requireXsf(entry, name);
            outcome = new FrameOutcome.Read(read(content).withMetadata("file", name));
        } catch (FormatException e) {
            outcome = new FrameOutcome.Refused(e.inEntry(name));
        } catch (IOException | IllegalArgumentException e) {
            ended = true;
            return new FrameOutcome.Refused(damaged(e).inEntry(name));
        }
        if (!drained(content)) {
            ended = true;
            return new FrameOutcome.Refused(tooLong().inEntry(name));
        }
        return outcome;
    }

    private Frame read(InputStream content) throws IOException {
        LineSource lines = new LineSource(new Counted(content), Xsf.FORMAT, limits.withBytes(Math.max(1, bytesLeft)));
        try {
            return Xsf.read(lines, limits);
        } finally {
            bytesLeft -= lines.bytes(); // an entry may be compressed once more
        }
    }

    private static void requireXsf(ArchiveEntry entry, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean file = !(entry instanceof TarArchiveEntry tar) || isPlainFile(tar);
        if (!file || !(lower.endsWith(".xsf") || lower.endsWith(".xsf.gz"))) {
            throw new FormatException(
                    Place.in(FORMAT),
                    "entry",
                    file ? "is not named as an XSF file" : "is a link or device",
                    name,
                    "pack plain files named *.xsf or *.xsf.gz");
        }
    }

    private static boolean isPlainFile(TarArchiveEntry entry) {
        return !(entry.isLink()
                || entry.isSymbolicLink()
                || entry.isBlockDevice()
                || entry.isCharacterDevice()
                || entry.isFIFO()
                || entry.isSparse());
    }

    /** Reads to the end of the entry. False if that would go beyond the limit, or cannot be done. */
    private boolean drained(InputStream content) throws IOException {
        try {
            new Counted(content).skip(Long.MAX_VALUE);
            return bytesLeft > 0;
        } catch (IOException | IllegalArgumentException e) {
            if (source.failure != null) {
                throw source.failure;
            }
            return false;
        }
    }

    private Optional<FrameOutcome> last(FormatException problem) {
        ended = true;
        return Optional.of(new FrameOutcome.Refused(problem));
    }

    /** A fault of the stream below is none of the archive's: it is thrown. */
    private FormatException damaged(Exception e) throws IOException {
        if (source.failure != null) {
            throw source.failure;
        }
        if (e instanceof FormatException known) {
            return known;
        }
        FormatException damaged = new FormatException(
                Place.in(FORMAT),
                "archive",
                "is cut or damaged",
                String.valueOf(e.getMessage()),
                "send a tar, tar.gz or zip of XSF files again");
        damaged.initCause(e);
        return damaged;
    }

    private FormatException tooLong() {
        return new FormatException(
                Place.in(FORMAT),
                "archive",
                "is damaged or longer than %d bytes when unpacked".formatted(limits.bytes()),
                "",
                "send it in parts");
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    /** Remembers whether it was the stream itself that failed. */
    private static final class Source extends FilterInputStream {

        private @Nullable IOException failure;

        Source(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                return super.read(into, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }

    /** Counts what an entry's content costs, and ends it where the limit is reached. */
    private final class Counted extends InputStream {

        private final InputStream in;

        Counted(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (bytesLeft <= 0) {
                throw tooLong();
            }
            int read = in.read(into, offset, (int) Math.min(length, bytesLeft));
            bytesLeft -= Math.max(0, read);
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            byte[] discarded = new byte[1 << 13];
            long skipped = 0;
            for (int read = 0; read >= 0 && skipped < count; skipped += Math.max(0, read)) {
                read = read(discarded, 0, (int) Math.min(discarded.length, count - skipped));
            }
            return skipped;
        }
    }
}
