package org.glassmap.core.formats;

import java.util.Arrays;

/** Doubles of a length that is not known before. */
final class Numbers {

    private double[] values = new double[24];
    private int size;

    void add(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
    }

    int size() {
        return size;
    }

    double[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
