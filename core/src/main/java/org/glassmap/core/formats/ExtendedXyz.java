package org.glassmap.core.formats;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.jspecify.annotations.Nullable;

/**
 * Extended XYZ, any number of frames: the count of atoms, a line of {@code key=value}, a line per atom. Read and
 * written as ASE does: {@code Lattice} holds the rows a, b, c in Å; {@code energy} eV; {@code stress} nine numbers in
 * eV/Å³, tension positive; the column {@code forces} eV/Å; {@code pbc} three of T and F, all T if it is missing and
 * there is a lattice. Other keys become metadata as they stand, {@code virial} and {@code free_energy} among them:
 * programs do not agree on their sign and meaning.
 */
public final class ExtendedXyz {

    static final String FORMAT = "extended XYZ";

    private static final String LATTICE = "Lattice";
    private static final String PROPERTIES = "Properties";
    private static final String PERIODIC = "pbc";
    private static final String ENERGY = "energy";
    private static final String STRESS = "stress";
    private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[^\\s\"'\\[\\]{}\\\\=,]+");

    private ExtendedXyz() {}

    /**
     * The frames of a stream, plain or compressed with gzip.
     *
     * <p>A frame that cannot be taken is refused with its line and value, and reading goes on where the next one
     * begins: at the next line that holds a whole number and nothing else. A count that does not fit the lines which
     * follow refuses its frame.
     */
    public static FrameReader reader(InputStream in, ReadingLimits limits) {
        return new Reader(in, limits);
    }

    /** As {@link #reader(InputStream, ReadingLimits)} with {@link ReadingLimits#DEFAULT}. */
    public static FrameReader reader(InputStream in) {
        return reader(in, ReadingLimits.DEFAULT);
    }

    /**
     * Appends a frame. Numbers are the shortest decimals that read back to the same bits.
     *
     * @throws InvalidStructureException if metadata use a key of the format itself
     */
    public static void write(Frame frame, Appendable out) throws IOException {
        Structure structure = frame.structure();
        double @Nullable [] forces = frame.forces().orElse(null);
        StringBuilder text = new StringBuilder(64 * structure.size() + 512);
        text.append(structure.size()).append('\n');
        appendComment(frame, text);
        text.append('\n');
        for (int i = 0; i < structure.size(); i++) {
            text.append(structure.species(i).symbol());
            for (int axis = 0; axis < 3; axis++) {
                text.append(' ').append(structure.position(i, axis));
            }
            for (int axis = 0; forces != null && axis < 3; axis++) {
                text.append(' ').append(forces[3 * i + axis]);
            }
            text.append('\n');
        }
        out.append(text);
    }

    private static void appendComment(Frame frame, StringBuilder text) {
        Cell cell = frame.structure().cell();
        if (!cell.equals(Cell.NONE)) {
            text.append(LATTICE).append("=\"").append(joined(cell.lattice())).append("\" ");
        }
        text.append(PROPERTIES).append("=species:S:1:pos:R:3");
        text.append(frame.forces().isPresent() ? ":forces:R:3" : "");
        frame.energy()
                .ifPresent(energy -> text.append(' ').append(ENERGY).append('=').append(energy));
        frame.stress()
                .ifPresent(stress -> text.append(' ')
                        .append(STRESS)
                        .append("=\"")
                        .append(joined(stress))
                        .append('"'));
        text.append(' ').append(PERIODIC).append("=\"");
        for (int vector = 0; vector < 3; vector++) {
            text.append(vector == 0 ? "" : " ").append(cell.periodic(vector) ? 'T' : 'F');
        }
        text.append('"');
        frame.metadata().forEach((key, value) -> {
            if (isOfTheFormat(key)) {
                throw new InvalidStructureException(
                        "metadata", "the key '%s' is extended XYZ's own; give the metadatum another".formatted(key));
            }
            text.append(' ').append(key).append('=').append(quoted(value));
        });
    }

    private static boolean isOfTheFormat(String key) {
        return switch (key) {
            case LATTICE, PROPERTIES, PERIODIC, ENERGY, STRESS -> true;
            default -> false;
        };
    }

    private static String quoted(String value) {
        return NEEDS_NO_QUOTES.matcher(value).matches()
                ? value
                : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String joined(double[] values) {
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < values.length; k++) {
            text.append(k == 0 ? "" : " ").append(values[k]);
        }
        return text.toString();
    }

    /** Goes through the stream frame by frame. */
    private static final class Reader implements FrameReader {

        private final ReadingLimits limits;
        private final LineSource lines;
        private int frame;

        Reader(InputStream in, ReadingLimits limits) {
            this.limits = limits;
            this.lines = new LineSource(in, FORMAT, limits);
        }

        @Override
        public Optional<FrameOutcome> next() throws IOException {
            lines.beginFrame(frame + 1);
            try {
                String count = firstOfFrame();
                if (count == null) {
                    return Optional.empty();
                }
                return Optional.of(new FrameOutcome.Read(read(count)));
            } catch (FormatException problem) {
                passOverTheRest();
                return Optional.of(new FrameOutcome.Refused(problem));
            } finally {
                frame++;
            }
        }

        private @Nullable String firstOfFrame() throws IOException {
            String line = lines.next();
            while (line != null && line.isBlank()) {
                line = lines.next();
            }
            return line;
        }

        /** Up to the next line with a whole number alone: there the next frame begins. */
        private void passOverTheRest() throws IOException {
            boolean found = false;
            while (!found) {
                try {
                    String line = lines.next();
                    found = line == null || Whole.isWhole(line.strip());
                    if (line != null && found) {
                        lines.pushBack(line);
                    }
                } catch (FormatException alsoPassedOver) {
                    found = false; // one outcome per frame: its first finding is told
                }
            }
        }

        private Frame read(String countLine) throws IOException {
            int atoms = Whole.require(
                    countLine.strip(),
                    1,
                    limits.atoms(),
                    "atom count",
                    lines.place(),
                    "begin a frame with its number of atoms");
            String comment = lines.next();
            if (comment == null) {
                throw cut(0, atoms);
            }
            Place commentPlace = lines.place();
            Map<String, String> keys = ExtendedXyzComment.keys(comment, commentPlace);
            String properties = keys.remove(PROPERTIES);
            ExtendedXyzColumns columns =
                    properties == null ? ExtendedXyzColumns.PLAIN : ExtendedXyzColumns.of(properties, commentPlace);
            Atoms read = atoms(atoms, columns);
            requireEndOfFrame(atoms);
            try {
                return frame(keys, read, commentPlace);
            } catch (InvalidStructureException e) {
                throw FormatException.of(commentPlace, e);
            }
        }

        /** What the lines of a frame's atoms say; arrays grow with the lines that are there, not with the count. */
        private record Atoms(List<Species> species, double[] positions, double @Nullable [] forces) {}

        private Atoms atoms(int count, ExtendedXyzColumns columns) throws IOException {
            List<Species> species = new ArrayList<>();
            Numbers positions = new Numbers();
            Numbers forces = new Numbers();
            for (int i = 0; i < count; i++) {
                String line = lines.next();
                if (line == null) {
                    throw cut(i, count);
                }
                if (Whole.isWhole(line.strip())) { // the next frame's count: this one has fewer atoms than it says
                    lines.pushBack(line);
                    throw cut(i, count);
                }
                Place place = lines.place();
                List<String> words = Columns.of(line);
                if (words.size() != columns.width()) {
                    throw new FormatException(
                            place,
                            "atom line",
                            "must have %d columns, has %d".formatted(columns.width(), words.size()),
                            line,
                            "make Properties and the lines agree");
                }
                species.add(species(columns, words, place));
                for (int axis = 0; axis < 3; axis++) {
                    positions.add(Decimal.require(words.get(columns.positions() + axis), "pos", place));
                    if (columns.hasForces()) {
                        forces.add(Decimal.require(words.get(columns.forces() + axis), "forces", place));
                    }
                }
            }
            return new Atoms(species, positions.toArray(), columns.hasForces() ? forces.toArray() : null);
        }

        private static Species species(ExtendedXyzColumns columns, List<String> words, Place place) {
            try {
                return columns.species(words.get(columns.species()));
            } catch (InvalidStructureException e) {
                throw FormatException.of(place, e);
            }
        }

        private void requireEndOfFrame(int count) throws IOException {
            String line = lines.next();
            if (line == null) {
                return;
            }
            boolean another = !line.isBlank() && !Whole.isWhole(line.strip());
            if (another) {
                throw new FormatException(
                        lines.place(),
                        "atom count",
                        "is %d, but the atoms go on".formatted(count),
                        line,
                        "give the number of atoms that follow");
            }
            lines.pushBack(line);
        }

        private FormatException cut(int have, int count) {
            return new FormatException(
                    lines.place(),
                    "atom count",
                    "is %d, but the frame ends after %d atoms".formatted(count, have),
                    String.valueOf(count),
                    "give the number of atoms that follow, or the rest of the file");
        }

        private static Frame frame(Map<String, String> keys, Atoms atoms, Place place) {
            Map<String, String> rest = new LinkedHashMap<>(keys);
            String lattice = rest.remove(LATTICE);
            String periodic = rest.remove(PERIODIC);
            String energy = rest.remove(ENERGY);
            String stress = rest.remove(STRESS);
            Frame frame = Frame.of(Structure.of(cell(lattice, periodic, place), atoms.species(), atoms.positions()));
            if (energy != null) {
                frame = frame.withEnergy(Decimal.require(energy, ENERGY, place));
            }
            if (atoms.forces() != null) {
                frame = frame.withForces(atoms.forces());
            }
            if (stress != null) {
                frame = frame.withStress(nine(STRESS, stress, place));
            }
            return frame.withMetadata(rest);
        }

        private static Cell cell(@Nullable String lattice, @Nullable String periodic, Place place) {
            boolean[] repeats = {lattice != null, lattice != null, lattice != null};
            if (periodic != null) {
                List<String> words = Columns.of(periodic);
                for (int vector = 0; vector < 3; vector++) {
                    repeats[vector] = switch (words.size() == 3 ? words.get(vector) : "") {
                        case "T", "True", "true", "1" -> true;
                        case "F", "False", "false", "0" -> false;
                        default ->
                            throw new FormatException(
                                    place, PERIODIC, "must be three of T and F", periodic, "write pbc=\"T T T\"");
                    };
                }
            }
            double[] rows = lattice == null ? new double[9] : nine(LATTICE, lattice, place);
            return Cell.of(rows, repeats[0], repeats[1], repeats[2]);
        }

        private static double[] nine(String field, String text, Place place) {
            List<String> words = Columns.of(text.replace(',', ' '));
            if (words.size() != 9) {
                throw new FormatException(
                        place,
                        field,
                        "must have 9 numbers, has %d".formatted(words.size()),
                        text,
                        "write the three rows one after the other");
            }
            return words.stream()
                    .mapToDouble(word -> Decimal.require(word, field, place))
                    .toArray();
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
