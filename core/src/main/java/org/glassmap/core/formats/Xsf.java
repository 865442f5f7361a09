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
 * XSF, one structure a file, in the dialect of ænet: any line {@code … total energy = -3184.5 eV}, comment or not, gives
 * the energy; forces stand in columns 5–7 in eV/Å. Both may be missing, then the structure is unlabelled. Blank lines
 * and lines that begin with {@code #}, {@code !} or {@code %} are skipped; keywords count in any case.
 *
 * <p>Two departures from ænet: the number of atoms below {@code PRIMCOORD} must be right, and a {@code cohesive energy}
 * is kept as metadata and not taken for a total energy, since its zero is another.
 */
public final class Xsf {

    static final String FORMAT = "XSF";

    private Xsf() {}

    /** The structure of a stream, plain or compressed with gzip. The stream is read to its end and stays open.
     *
     * @throws FormatException if the file is not one XSF structure
     * @throws IOException if the stream fails
     */
    public static Frame read(InputStream in, ReadingLimits limits) throws IOException {
        return read(new LineSource(in, FORMAT, limits), limits);
    }

    static Frame read(LineSource lines, ReadingLimits limits) throws IOException {
        Parser parser = new Parser(lines, limits);
        parser.parse();
        try {
            return parser.frame();
        } catch (InvalidStructureException e) {
            throw FormatException.of(lines.place(), e);
        }
    }

    /** As {@link #read(InputStream, ReadingLimits)} with {@link ReadingLimits#DEFAULT}. */
    public static Frame read(InputStream in) throws IOException {
        return read(in, ReadingLimits.DEFAULT);
    }

    /**
     * The structures of an archive: tar, tar compressed with gzip, or zip, read as it streams by. One outcome per file
     * in it; a file's name is told in the metadata {@code file} or in the refusal, and used for nothing else. Folders
     * and files whose name begins with a dot are passed over.
     */
    public static FrameReader archive(InputStream in, ReadingLimits limits) {
        return new XsfArchive(in, limits);
    }

    /** As {@link #archive(InputStream, ReadingLimits)} with {@link ReadingLimits#DEFAULT}. */
    public static FrameReader archive(InputStream in) {
        return archive(in, ReadingLimits.DEFAULT);
    }

    /**
     * Appends structure, energy and forces; the format has no place for stress and metadata. Numbers are the shortest
     * decimals that read back to the same bits.
     *
     * @throws InvalidStructureException if the periodic directions are not the first ones, which XSF cannot say
     */
    public static void write(Frame frame, Appendable out) throws IOException {
        StringBuilder text = new StringBuilder();
        frame.energy()
                .ifPresent(energy ->
                        text.append("# total energy = ").append(energy).append(" eV\n\n"));
        Structure structure = frame.structure();
        if (structure.cell().anyPeriodic()) {
            text.append(keyword(structure.cell())).append("\nPRIMVEC\n");
            for (int vector = 0; vector < 3; vector++) {
                for (int axis = 0; axis < 3; axis++) {
                    text.append(' ').append(structure.cell().lattice(vector, axis));
                }
                text.append('\n');
            }
            text.append("PRIMCOORD\n").append(structure.size()).append(" 1\n");
        } else {
            text.append("ATOMS\n");
        }
        double @Nullable [] forces = frame.forces().orElse(null);
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

    private static String keyword(Cell cell) {
        if (cell.fullyPeriodic()) {
            return "CRYSTAL";
        }
        if (cell.periodic(0) && !cell.periodic(2)) {
            return cell.periodic(1) ? "SLAB" : "POLYMER";
        }
        throw new InvalidStructureException(
                "pbc", "XSF knows the periodic directions abc, ab and a only; turn the cell so that these repeat");
    }

    /** Goes through the lines once and keeps what it finds. */
    private static final class Parser {

        private final LineSource lines;
        private final ReadingLimits limits;
        private final List<Species> species = new ArrayList<>();
        private final Numbers positions = new Numbers();
        private final Numbers forces = new Numbers();
        private double @Nullable [] lattice;
        private @Nullable Double energy;
        private @Nullable String cohesiveEnergy;
        private int periodicDirections = 3;
        private boolean atomsSeen;
        private int columns;

        Parser(LineSource lines, ReadingLimits limits) {
            this.lines = lines;
            this.limits = limits;
        }

        void parse() throws IOException {
            for (String line = nextOfContent(); line != null; line = nextOfContent()) {
                String keyword = Columns.of(line).getFirst().toUpperCase(Locale.ROOT);
                switch (keyword) {
                    case "CRYSTAL" -> periodicDirections = 3;
                    case "SLAB" -> periodicDirections = 2;
                    case "POLYMER" -> periodicDirections = 1;
                    case "MOLECULE" -> periodicDirections = 0;
                    case "PRIMVEC" -> primitiveVectors();
                    case "CONVVEC" -> threeRows("CONVVEC");
                    case "PRIMCOORD" -> primitiveCoordinates();
                    case "ATOMS" -> isolatedAtoms();
                    case "ANIMSTEPS" ->
                        throw problem("ANIMSTEPS", "is for many structures", line, "send one structure a file");
                    default -> passOver(keyword, line);
                }
            }
        }

        Frame frame() {
            Place place = lines.place();
            if (!atomsSeen) {
                throw new FormatException(place, "PRIMCOORD", "is missing", "", "give PRIMCOORD or ATOMS");
            }
            double[] rows = lattice;
            if (periodicDirections == 0 || rows == null) {
                rows = new double[9];
                periodicDirections = 0;
            }
            Cell cell = periodicDirections == 0
                    ? Cell.NONE
                    : Cell.of(rows, true, periodicDirections > 1, periodicDirections > 2);
            Frame frame = Frame.of(Structure.of(cell, species, positions.toArray()));
            if (energy != null) {
                frame = frame.withEnergy(energy);
            }
            if (columns >= 7) {
                frame = frame.withForces(forces.toArray());
            }
            return cohesiveEnergy == null ? frame : frame.withMetadata("cohesive_energy", cohesiveEnergy);
        }

        /** The next line that is neither blank nor a comment; every line on the way may give the energy. */
        private @Nullable String nextOfContent() throws IOException {
            String line = lines.next();
            while (line != null && isSkipped(line)) {
                line = lines.next();
            }
            return line;
        }

        private boolean isSkipped(String line) {
            if (readEnergy(line)) {
                return true;
            }
            String start = line.strip();
            return start.isEmpty() || "#!%".indexOf(start.charAt(0)) >= 0;
        }

        private boolean readEnergy(String line) {
            String lower = line.toLowerCase(Locale.ROOT);
            int total = lower.indexOf("total energy");
            int cohesive = lower.indexOf("cohesive energy");
            int equals = line.indexOf('=', Math.max(total, cohesive));
            if ((total < 0 && cohesive < 0) || equals < 0) {
                return false;
            }
            List<String> words = Columns.of(line.substring(equals + 1));
            if (words.isEmpty()) {
                throw problem("energy", "has no value", line, "write # total energy = -1.5 eV");
            }
            double value = Decimal.require(words.getFirst(), "energy", lines.place());
            if (words.size() > 1 && !words.get(1).equalsIgnoreCase("ev")) {
                throw problem("energy", "must be in eV", line, "write # total energy = -1.5 eV");
            }
            if (total < 0) {
                cohesiveEnergy = words.getFirst();
            } else if (energy != null && energy != value) {
                throw problem("energy", "stands twice with different values", line, "give one total energy");
            } else {
                energy = value;
            }
            return true;
        }

        private void primitiveVectors() throws IOException {
            if (lattice != null) {
                throw problem("PRIMVEC", "stands twice", "", "give the cell once");
            }
            lattice = threeRows("PRIMVEC");
        }

        private double[] threeRows(String field) throws IOException {
            Numbers rows = new Numbers();
            for (int vector = 0; vector < 3; vector++) {
                String line = nextOfContent();
                List<String> words = line == null ? List.of() : Columns.of(line);
                if (words.size() < 3) {
                    throw problem(field, "must have three rows of three numbers", text(line), "complete the rows");
                }
                for (int axis = 0; axis < 3; axis++) {
                    rows.add(Decimal.require(words.get(axis), field, lines.place()));
                }
            }
            return rows.toArray();
        }

        private void primitiveCoordinates() throws IOException {
            requireFirstAtoms("PRIMCOORD");
            String line = nextOfContent();
            List<String> words = line == null ? List.of("") : Columns.of(line);
            int count = Whole.require(
                    words.getFirst(),
                    1,
                    limits.atoms(),
                    "atom count",
                    lines.place(),
                    "write the number of atoms and a 1 below PRIMCOORD");
            for (int i = 0; i < count; i++) {
                String atom = nextOfContent();
                if (atom == null || !startsAtom(atom)) {
                    throw problem(
                            "atom count",
                            "is %d, but there are %d atoms".formatted(count, i),
                            text(atom),
                            "give the number of atoms that follow");
                }
                atom(atom);
            }
            String after = nextOfContent();
            if (after != null && startsAtom(after)) {
                throw problem(
                        "atom count",
                        "is %d, but the atoms go on".formatted(count),
                        after,
                        "give the number of atoms that follow");
            }
            pushBack(after);
        }

        private void isolatedAtoms() throws IOException {
            requireFirstAtoms("ATOMS");
            String line = nextOfContent();
            while (line != null && startsAtom(line)) {
                if (species.size() == limits.atoms()) {
                    throw problem("ATOMS", "is longer than %d".formatted(limits.atoms()), line, "send fewer atoms");
                }
                atom(line);
                line = nextOfContent();
            }
            pushBack(line);
            periodicDirections = 0;
        }

        private void requireFirstAtoms(String keyword) {
            if (atomsSeen) {
                throw problem(keyword, "stands after other atoms", "", "give one structure a file");
            }
            atomsSeen = true;
        }

        private void pushBack(@Nullable String line) {
            if (line != null) {
                lines.pushBack(line);
            }
        }

        /** A line of one word is a keyword; an atom has a symbol and numbers. */
        private static boolean startsAtom(String line) {
            List<String> words = Columns.of(line);
            return words.size() > 1 && Decimal.read(words.get(1)).isPresent() || words.size() > 3;
        }

        private void atom(String line) {
            List<String> words = Columns.of(line);
            Place place = lines.place();
            int width = Math.min(words.size(), 7);
            if (width != 4 && width != 7) {
                throw problem(
                        "atom line", "must be a symbol and 3 or 6 numbers", line, "write symbol x y z [fx fy fz]");
            }
            if (columns != 0 && columns != width) {
                throw problem("forces", "stand on some lines only", line, "give forces for all atoms or for none");
            }
            columns = width;
            try {
                String symbol = words.getFirst();
                species.add(
                        Whole.isWhole(symbol)
                                ? Species.ofAtomicNumber(Whole.read(symbol).orElse(0))
                                : Species.of(symbol));
            } catch (InvalidStructureException e) {
                throw FormatException.of(place, e);
            }
            for (int k = 1; k < width; k++) {
                (k < 4 ? positions : forces).add(Decimal.require(words.get(k), k < 4 ? "position" : "forces", place));
            }
        }

        /** Blocks of other programs (data grids and the like) are none of ours; anything else is refused. */
        private void passOver(String keyword, String line) throws IOException {
            if (!keyword.startsWith("BEGIN_")) {
                throw problem("keyword", "is unknown", line, "use CRYSTAL, PRIMVEC, PRIMCOORD, ATOMS");
            }
            String end = "END_" + keyword.substring("BEGIN_".length());
            String inside = nextOfContent();
            while (inside != null
                    && !Columns.of(inside).getFirst().toUpperCase(Locale.ROOT).equals(end)) {
                inside = nextOfContent();
            }
        }

        private static String text(@Nullable String line) {
            return line == null ? "" : line;
        }

        private FormatException problem(String field, String complaint, String value, String remedy) {
            return new FormatException(lines.place(), field, complaint, value, remedy);
        }
    }
}
