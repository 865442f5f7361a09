package org.glassmap.core.formats;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.jspecify.annotations.Nullable;

/**
 * VASP's POSCAR and CONTCAR: a title, a scale (negative: the volume in Å³; three numbers: one per axis), the rows a, b, c,
 * the symbols (from VASP 5 on), the counts, perhaps {@code Selective dynamics}, {@code Direct} or {@code Cartesian}, and
 * a line per atom. Flags of selective dynamics, velocities and all that follows are passed over.
 *
 * <p>A VASP 4 file has no symbols: they are taken from the ends of the atoms' lines, else from the title, where both
 * must fit exactly. Symbols may carry what VASP hangs on them ({@code Li_sv}, {@code Li/7f2a…}).
 */
public final class Poscar {

    static final String FORMAT = "POSCAR";

    private Poscar() {}

    /** The structure of a stream, plain or compressed with gzip; the stream stays open.
     *
     * @throws FormatException if the file is no POSCAR
     * @throws IOException if the stream fails
     */
    public static Structure read(InputStream in, ReadingLimits limits) throws IOException {
        LineSource lines = new LineSource(in, FORMAT, limits);
        try {
            return new Parser(lines, limits).parse();
        } catch (InvalidStructureException e) {
            throw FormatException.of(lines.place(), e);
        }
    }

    /** As {@link #read(InputStream, ReadingLimits)} with {@link ReadingLimits#DEFAULT}. */
    public static Structure read(InputStream in) throws IOException {
        return read(in, ReadingLimits.DEFAULT);
    }

    /**
     * Appends a structure as VASP 5 reads it, atoms of a kind together and the cell right-handed. Positions are
     * Cartesian, all numbers the shortest decimals that read back to the same bits.
     *
     * @param title one line
     */
    public static void write(VaspOrder order, String title, Appendable out) throws IOException {
        Structure structure = order.structure();
        StringBuilder text = new StringBuilder();
        text.append(Printable.abbreviated(title)).append("\n1.0\n");
        for (int vector = 0; vector < 3; vector++) {
            for (int axis = 0; axis < 3; axis++) {
                text.append(' ').append(structure.cell().lattice(vector, axis));
            }
            text.append('\n');
        }
        order.kinds().forEach(kind -> text.append(' ').append(kind.symbol()));
        text.append('\n');
        order.counts().forEach(count -> text.append(' ').append(count));
        text.append("\nCartesian\n");
        for (int i = 0; i < structure.size(); i++) {
            for (int axis = 0; axis < 3; axis++) {
                text.append(' ').append(structure.position(i, axis));
            }
            text.append('\n');
        }
        out.append(text);
    }

    /** Goes through the lines once. */
    private static final class Parser {

        private final LineSource lines;
        private final ReadingLimits limits;

        Parser(LineSource lines, ReadingLimits limits) {
            this.lines = lines;
            this.limits = limits;
        }

        Structure parse() throws IOException {
            String title = line("title");
            Numbers scale = new Numbers();
            for (String word : words("scale")) {
                if (Decimal.read(word).isEmpty() && scale.size() == 1) {
                    break; // a remark behind the one number
                }
                scale.add(Decimal.require(word, "scale", lines.place()));
            }
            double[] lattice = lattice();
            double[] factors = factors(scale.toArray(), lattice);
            for (int k = 0; k < 9; k++) {
                lattice[k] *= factors[k % 3];
            }
            Cell cell = Cell.periodic(lattice);
            Kinds kinds = kinds();
            String mode = line("Direct or Cartesian").strip();
            if (startsWith(mode, "s")) {
                mode = line("Direct or Cartesian").strip();
            }
            boolean cartesian = startsWith(mode, "ck");
            if (!cartesian && !startsWith(mode, "d")) {
                throw problem("coordinates", "must be Direct or Cartesian", mode, "write Direct or Cartesian");
            }
            double[] points = new double[3 * kinds.atoms()];
            List<String> labels = points(points);
            List<Species> species = kinds.species(labels, title, lines.place());
            if (!cartesian) {
                return Structure.ofFractional(cell, species, points);
            }
            for (int k = 0; k < points.length; k++) {
                points[k] *= factors[k % 3];
            }
            return Structure.of(cell, species, points);
        }

        private double[] lattice() throws IOException {
            Numbers rows = new Numbers();
            for (int vector = 0; vector < 3; vector++) {
                List<String> words = words("lattice");
                if (words.size() < 3) {
                    throw problem("lattice", "must have three numbers a row", String.join(" ", words), "write a row");
                }
                for (int axis = 0; axis < 3; axis++) {
                    rows.add(Decimal.require(words.get(axis), "lattice", lines.place()));
                }
            }
            return rows.toArray();
        }

        /** What x, y and z are multiplied with. */
        private double[] factors(double[] scale, double[] lattice) {
            if (scale.length == 3 && scale[0] > 0 && scale[1] > 0 && scale[2] > 0) {
                return scale;
            }
            if (scale.length != 1 || scale[0] == 0) {
                throw problem(
                        "scale",
                        "must be one number other than 0, or three positive ones",
                        java.util.Arrays.toString(scale),
                        "write 1.0");
            }
            double factor = scale[0] > 0
                    ? scale[0]
                    : StrictMath.cbrt(-scale[0] / Cell.periodic(lattice).volume());
            return new double[] {factor, factor, factor};
        }

        /**
         * Which atoms stand where.
         *
         * @param symbols one per group, or null in a VASP 4 file
         */
        private record Kinds(@Nullable List<Species> symbols, List<Integer> counts, int atoms) {

            List<Species> species(List<String> labels, String title, Place place) {
                if (symbols != null) {
                    return repeated(symbols);
                }
                List<Species> ofLabels = elements(labels);
                if (ofLabels.size() == atoms) {
                    return ofLabels;
                }
                List<Species> ofTitle = elements(Columns.of(title));
                if (ofTitle.size() == counts.size()) {
                    return repeated(ofTitle);
                }
                throw new FormatException(
                        place,
                        "species",
                        "are not named",
                        title,
                        "add a line of symbols above the counts, as VASP 5 writes it");
            }

            private List<Species> repeated(List<Species> kinds) {
                List<Species> all = new ArrayList<>();
                for (int k = 0; k < counts.size(); k++) {
                    for (int i = 0; i < counts.get(k); i++) {
                        all.add(kinds.get(k));
                    }
                }
                return all;
            }

            /** The elements of words, as far as they are some. */
            private static List<Species> elements(List<String> words) {
                List<Species> elements = new ArrayList<>();
                for (String word : words) {
                    try {
                        elements.add(Species.of(bare(word)));
                    } catch (InvalidStructureException noElement) {
                        return elements;
                    }
                }
                return elements;
            }
        }

        private Kinds kinds() throws IOException {
            List<Species> symbols = new ArrayList<>();
            List<String> words = words("symbols or counts");
            while (!Whole.isWhole(words.getFirst())) { // VASP breaks long lists into lines
                if (symbols.size() + words.size() > limits.atoms()) {
                    throw problem("symbols", "are more than %d".formatted(limits.atoms()), "", "send fewer");
                }
                words.forEach(word -> symbols.add(Species.of(bare(word))));
                words = words("counts");
            }
            List<Species> kinds = symbols.isEmpty() ? null : symbols;
            List<Integer> counts = new ArrayList<>();
            int atoms = addCounts(words, counts, 0);
            while (kinds != null && counts.size() < kinds.size()) {
                atoms = addCounts(words("counts"), counts, atoms);
            }
            if (kinds != null && counts.size() != kinds.size()) {
                throw problem(
                        "counts",
                        "must be as many as the symbols, %d".formatted(kinds.size()),
                        counts.toString(),
                        "give each symbol its count");
            }
            if (atoms == 0) {
                throw problem("counts", "must name at least one atom", counts.toString(), "give positive counts");
            }
            return new Kinds(kinds, counts, atoms);
        }

        private int addCounts(List<String> words, List<Integer> counts, int before) {
            int atoms = before;
            for (String word : words) {
                if (!counts.isEmpty() && !Whole.isWhole(word) && before == 0) {
                    break; // a remark behind the counts
                }
                int count = Whole.require(
                        word, 0, limits.atoms() - atoms, "counts", lines.place(), "give the atoms of each symbol");
                counts.add(count);
                atoms += count;
            }
            return atoms;
        }

        /** Fills in the coordinates and returns the last words of the lines that have one behind the numbers. */
        private List<String> points(double[] points) throws IOException {
            List<String> labels = new ArrayList<>();
            for (int i = 0; i < points.length / 3; i++) {
                String line = lines.next();
                List<String> words = line == null ? List.of() : Columns.of(line);
                if (words.size() < 3) {
                    throw problem(
                            "counts",
                            "name %d atoms, but there are %d".formatted(points.length / 3, i),
                            line == null ? "" : line,
                            "give a line with three numbers per atom");
                }
                for (int axis = 0; axis < 3; axis++) {
                    points[3 * i + axis] = Decimal.require(words.get(axis), "position", lines.place());
                }
                if (words.size() > 3) {
                    labels.add(words.getLast());
                }
            }
            return labels;
        }

        private static String bare(String symbol) {
            int end = 0;
            while (end < symbol.length() && Character.isLetter(symbol.charAt(end))) {
                end++;
            }
            boolean marked = end == symbol.length() || symbol.charAt(end) == '_' || symbol.charAt(end) == '/';
            return marked ? symbol.substring(0, end) : symbol;
        }

        private static boolean startsWith(String text, String letters) {
            return !text.isEmpty()
                    && letters.indexOf(text.substring(0, 1)
                                    .toLowerCase(Locale.ROOT)
                                    .charAt(0))
                            >= 0;
        }

        private List<String> words(String field) throws IOException {
            List<String> words = Columns.of(line(field));
            if (words.isEmpty()) {
                throw problem(field, "must not be blank", "", "complete the file");
            }
            return words;
        }

        private String line(String field) throws IOException {
            String line = lines.next();
            if (line == null) {
                throw problem(field, "is missing: the file ends", "", "complete the file");
            }
            return line;
        }

        private FormatException problem(String field, String complaint, String value, String remedy) {
            return new FormatException(lines.place(), field, complaint, value, remedy);
        }
    }
}
