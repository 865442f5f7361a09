package org.glassmap.core.formats;

import org.glassmap.core.atoms.Cell;

/** Numbers as JSON, with the shortest decimals that give the same bits back. */
final class JsonNumbers {

    private JsonNumbers() {}

    static String list(double[] numbers) {
        StringBuilder text = new StringBuilder("[");
        for (int k = 0; k < numbers.length; k++) {
            text.append(k == 0 ? "" : ", ").append(numbers[k]);
        }
        return text.append(']').toString();
    }

    /** Three a row. */
    static String rows(double[] numbers) {
        StringBuilder text = new StringBuilder("[");
        for (int k = 0; k < numbers.length; k += 3) {
            text.append(k == 0 ? "" : ", ").append(list(new double[] {numbers[k], numbers[k + 1], numbers[k + 2]}));
        }
        return text.append(']').toString();
    }

    static String flags(Cell cell) {
        return "[%s, %s, %s]".formatted(cell.periodic(0), cell.periodic(1), cell.periodic(2));
    }
}
