package org.glassmap.core.formats;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.glassmap.core.atoms.Cell;

/** VASP's KPOINTS. */
public sealed interface Kpoints {

    /** A regular mesh. */
    record Mesh(Centre centre, List<Integer> divisions, List<Double> shift) implements Kpoints {

        private static final int MOST = 1000;

        /** Where the mesh lies. */
        public enum Centre {
            GAMMA,
            MONKHORST_PACK
        }

        public Mesh {
            divisions = List.copyOf(divisions);
            shift = List.copyOf(shift);
            if (divisions.size() != 3 || divisions.stream().anyMatch(n -> n < 1 || n > MOST)) {
                throw new IllegalArgumentException(
                        "a mesh must have three divisions in 1..%d, got %s".formatted(MOST, divisions));
            }
            if (shift.size() != 3 || shift.stream().anyMatch(s -> !Double.isFinite(s))) {
                throw new IllegalArgumentException("a mesh must have a shift of three numbers, got " + shift);
            }
        }

        /** A mesh through Γ without a shift. */
        public static Mesh gamma(int a, int b, int c) {
            return new Mesh(Centre.GAMMA, List.of(a, b, c), List.of(0.0, 0.0, 0.0));
        }

        /**
         * The mesh of VASP's automatic scheme: N_i = max(1, ⌊R |b_i| + 1/2⌋) through Γ, with |b_i| the length of the
         * reciprocal vector without 2π, which is one over the cell's height. Directions that do not repeat get one.
         *
         * @param length R, Å; 25 in the LPS phase-diagram paper
         */
        public static Mesh automatic(Cell cell, double length) {
            if (!(length > 0 && length < 1e4)) {
                throw new IllegalArgumentException("length must be positive and below 1e4 Å, got " + length);
            }
            int[] n = new int[3];
            for (int vector = 0; vector < 3; vector++) {
                n[vector] =
                        cell.periodic(vector) ? (int) Math.max(1, Math.floor(length / cell.height(vector) + 0.5)) : 1;
            }
            return gamma(n[0], n[1], n[2]);
        }
    }

    /** A mesh that VASP makes itself from a length, Å: {@link Mesh#automatic}. */
    record Automatic(double length) implements Kpoints {

        public Automatic {
            if (!(length > 0 && length < 1e4)) {
                throw new IllegalArgumentException("length must be positive and below 1e4 Å, got " + length);
            }
        }
    }

    /** Points, or lines between points, one by one: known to be there, not kept. */
    record Listed(int count, boolean lines) implements Kpoints {

        public Listed {
            if (count < 1) {
                throw new IllegalArgumentException("count must be at least 1, got " + count);
            }
        }
    }

    /** Appends the file.
     *
     * @throws IllegalArgumentException for a list, whose points are not kept
     */
    default void write(Appendable out) throws IOException {
        switch (this) {
            case Mesh mesh -> {
                out.append("regular mesh\n0\n");
                out.append(mesh.centre() == Mesh.Centre.GAMMA ? "Gamma\n" : "Monkhorst-Pack\n");
                out.append(joined(mesh.divisions()))
                        .append('\n')
                        .append(joined(mesh.shift()))
                        .append('\n');
            }
            case Automatic automatic ->
                out.append("automatic mesh\n0\nAuto\n")
                        .append(Double.toString(automatic.length()))
                        .append('\n');
            case Listed _ -> throw new IllegalArgumentException("a list of k-points cannot be written: it is not kept");
        }
    }

    private static String joined(List<?> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    /**
     * Reads a KPOINTS file.
     *
     * @throws FormatException if it is none, or gives a mesh by generating vectors, which is not supported
     */
    static Kpoints read(InputStream in, ReadingLimits limits) throws IOException {
        LineSource lines = new LineSource(in, "KPOINTS", limits);
        required(lines, "title");
        String count = first(required(lines, "count"));
        int points = Whole.require(count, 0, 10_000_000, "count", lines.place(), "write 0 for a mesh");
        String scheme = required(lines, "scheme").strip();
        Place place = lines.place();
        try {
            return switch (scheme.isEmpty()
                    ? ' '
                    : scheme.toUpperCase(Locale.ROOT).charAt(0)) {
                case 'L' -> new Listed(points, true);
                case 'G' -> points > 0 ? new Listed(points, false) : mesh(lines, Mesh.Centre.GAMMA);
                case 'M' -> points > 0 ? new Listed(points, false) : mesh(lines, Mesh.Centre.MONKHORST_PACK);
                case 'A' -> new Automatic(Decimal.require(first(required(lines, "length")), "length", lines.place()));
                default -> {
                    if (points > 0) {
                        yield new Listed(points, false);
                    }
                    throw new FormatException(
                            place, "scheme", "must be Gamma, Monkhorst or Auto", scheme, "give a regular mesh");
                }
            };
        } catch (FormatException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new FormatException(
                    lines.place(), "mesh", "cannot be", String.valueOf(e.getMessage()), "give three whole numbers");
        }
    }

    /** As {@link #read(InputStream, ReadingLimits)} with {@link ReadingLimits#DEFAULT}. */
    static Kpoints read(InputStream in) throws IOException {
        return read(in, ReadingLimits.DEFAULT);
    }

    private static Mesh mesh(LineSource lines, Mesh.Centre centre) throws IOException {
        List<String> words = Columns.of(required(lines, "divisions"));
        Place place = lines.place();
        List<Integer> divisions = words.stream()
                .limit(3)
                .map(word -> Whole.require(word, 1, Mesh.MOST, "divisions", place, "write three whole numbers"))
                .toList();
        String line = lines.next();
        Place shiftPlace = lines.place();
        List<Double> shift = line == null || Columns.of(line).size() < 3
                ? List.of(0.0, 0.0, 0.0)
                : Columns.of(line).stream()
                        .limit(3)
                        .map(word -> Decimal.require(word, "shift", shiftPlace))
                        .toList();
        return new Mesh(centre, divisions, shift);
    }

    private static String first(String line) {
        List<String> words = Columns.of(line);
        return words.isEmpty() ? "" : words.getFirst();
    }

    private static String required(LineSource lines, String field) throws IOException {
        String line = lines.next();
        if (line == null) {
            throw new FormatException(lines.place(), field, "is missing: the file ends", "", "complete the file");
        }
        return line;
    }
}
