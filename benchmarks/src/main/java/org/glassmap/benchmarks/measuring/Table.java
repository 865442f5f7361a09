package org.glassmap.benchmarks.measuring;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Rows as text, columns aligned. */
public final class Table {

    private static final List<String> HEAD =
            List.of("what", "size", "best", "median", "unit", "µs/atom", "side by side", "limited by");

    private Table() {}

    public static String text(List<Row> rows) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEAD);
        rows.forEach(row -> lines.add(line(row)));
        int[] widths = new int[HEAD.size()];
        for (List<String> line : lines) {
            for (int c = 0; c < widths.length; c++) {
                widths[c] = Math.max(widths[c], line.get(c).length());
            }
        }
        return lines.stream().map(line -> aligned(line, widths)).collect(Collectors.joining("\n", "", "\n"));
    }

    private static List<String> line(Row row) {
        return List.of(
                row.what(),
                row.size(),
                number(row.value()),
                number(row.median()),
                row.unit(),
                row.microsecondsPerAtom() == null ? "" : number(row.microsecondsPerAtom()),
                row.ratios().stream().map(Table::ratio).collect(Collectors.joining("; ")),
                row.limit());
    }

    private static String ratio(Row.Ratio ratio) {
        String value = ratio.value() == null ? "not there" : number(ratio.value()) + " " + ratio.meaning();
        String must = ratio.must() == null ? "" : " (must: " + number(ratio.must()) + ")";
        return ratio.against() + ": " + value + must;
    }

    /** Three digits that mean something. */
    private static String number(double value) {
        double size = Math.abs(value);
        int decimals = size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private static String aligned(List<String> line, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int c = 0; c < widths.length; c++) {
            boolean numeric = c == 2 || c == 3 || c == 5;
            String pad = " ".repeat(widths[c] - line.get(c).length());
            text.append(numeric ? pad + line.get(c) : line.get(c) + pad).append("  ");
        }
        return text.toString().stripTrailing();
    }
}
