package org.glassmap.core.formats;

/**
 * How much a reader takes before it refuses.
 *
 * @param atoms in one structure
 * @param lineLength in bytes
 * @param bytes of the whole input, after decompression
 */
public record ReadingLimits(int atoms, int lineLength, long bytes) {

    /** 100,000 atoms, lines of 1 MiB, 16 GiB in all: more than any frame of a first-principles program needs. */
    public static final ReadingLimits DEFAULT = new ReadingLimits(100_000, 1 << 20, 1L << 34);

    public ReadingLimits {
        if (atoms < 1) {
            throw new IllegalArgumentException("atoms must be at least 1, got " + atoms);
        }
        if (lineLength < 80) {
            throw new IllegalArgumentException("lineLength must be at least 80, got " + lineLength);
        }
        if (bytes < 1) {
            throw new IllegalArgumentException("bytes must be at least 1, got " + bytes);
        }
    }

    /** The same with another limit on the whole input. */
    public ReadingLimits withBytes(long other) {
        return new ReadingLimits(atoms, lineLength, other);
    }
}
