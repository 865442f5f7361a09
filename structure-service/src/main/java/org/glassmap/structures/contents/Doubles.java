package org.glassmap.structures.contents;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Numbers as big-endian IEEE doubles, as rows and canonical forms hold them. */
public final class Doubles {

    private Doubles() {}

    public static byte @Nullable [] bytes(double @Nullable [] numbers) {
        if (numbers == null) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * numbers.length);
        bytes.asDoubleBuffer().put(numbers);
        return bytes.array();
    }

    public static double @Nullable [] numbers(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        double[] numbers = new double[bytes.length / Double.BYTES];
        ByteBuffer.wrap(bytes).asDoubleBuffer().get(numbers);
        return numbers;
    }
}
