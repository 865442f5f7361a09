package org.glassmap.core.formats;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.atoms.Units;
import org.jspecify.annotations.Nullable;

/**
 * OUTCAR, streamed: what vasprun.xml says with fewer digits (positions 1e-5 Å), and what it does not: the POTCARs' own
 * functional ({@code LEXCH}) and VASP's word that it {@code reached required accuracy}. Numbers that ran together
 * ({@code 1.5-20.5}) are taken apart at their signs.
 *
 * <p>With {@code NWRITE=0} dynamics print no positions for most steps; such a step is refused.
 */
public final class Outcar implements VaspOutput {

    static final String FORMAT = "OUTCAR";

    private static final int MOST_TAGS = 10_000;
    private static final Pattern TAG =
            Pattern.compile("(?<![A-Za-z])([A-Z][A-Z_0-9]{1,19})\\s{0,20}=\\s{0,40}([^\\s;=]{1,80})");
    private static final Pattern MERGED = Pattern.compile("(?<=[0-9])-");

    private final LineSource lines;
    private final ReadingLimits limits;
    private final VaspHeader header;
    private final VaspJudge judge;
    private boolean ended;
    private boolean complete;
    private boolean accurate;
    private @Nullable Cell cell;
    private Step step = new Step();

    private Outcar(InputStream in, ReadingLimits limits) throws IOException {
        this.lines = new LineSource(in, FORMAT, limits);
        this.limits = limits;
        Start start = new Start();
        start.read();
        this.header = start.header();
        this.judge = new VaspJudge(header);
    }

    /**
     * Reads what stands before the first electronic step.
     *
     * @param in plain or compressed with gzip
     * @throws FormatException if it is no OUTCAR or ends before the atoms are told
     */
    public static Outcar open(InputStream in, ReadingLimits limits) throws IOException {
        return new Outcar(in, limits);
    }

    /** As {@link #open(InputStream, ReadingLimits)} with {@link ReadingLimits#DEFAULT}. */
    public static Outcar open(InputStream in) throws IOException {
        return open(in, ReadingLimits.DEFAULT);
    }

    @Override
    public VaspHeader header() {
        return header;
    }

    @Override
    public Optional<VaspStep> next() throws IOException {
        while (!ended) {
            lines.beginFrame(judge.steps() + 1);
            String line = lines.next();
            if (line == null) {
                ended = true;
            } else if (line.contains("energy  without entropy=")) {
                return Optional.of(finished(line));
            } else {
                step.take(line);
            }
        }
        return Optional.empty();
    }

    @Override
    public VaspEnding ending() {
        String reason = complete ? "" : "OUTCAR has no 'General timing and accounting' at its end";
        return header.task() == VaspHeader.Task.RELAXATION
                ? judge.ending(complete, reason, complete && accurate)
                : judge.ending(complete, reason, (boolean[]) null);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private VaspStep finished(String line) {
        Step done = step;
        step = new Step();
        try {
            VaspStep finished = done.finished(line);
            judge.saw(finished);
            return finished;
        } catch (FormatException e) {
            judge.sawUnreadable();
            throw e;
        }
    }

    /** Words of a line, numbers that ran together taken apart. */
    private static List<String> numbers(String line) {
        return Columns.of(MERGED.matcher(line).replaceAll(" -"));
    }

    private String required(String what) throws IOException {
        String line = lines.next();
        if (line == null) {
            throw new FormatException(
                    lines.place(), what, "is cut off", "", "take the steps before it, or the whole file");
        }
        return line;
    }

    private void addNumbers(Numbers into, String line, int from, int to, String field) {
        List<String> words = numbers(line);
        if (words.size() < to) {
            throw new FormatException(
                    lines.place(), field, "must have %d numbers a line".formatted(to), line, "send VASP's own file");
        }
        for (String word : words.subList(from, to)) {
            into.add(Decimal.require(word, field, lines.place()));
        }
    }

    /** The three rows below {@code direct lattice vectors}. */
    private Cell lattice() throws IOException {
        Numbers rows = new Numbers();
        for (int vector = 0; vector < 3; vector++) {
            addNumbers(rows, required("lattice"), 0, 3, "lattice");
        }
        try {
            return Cell.periodic(rows.toArray());
        } catch (InvalidStructureException e) {
            throw FormatException.of(lines.place(), e);
        }
    }

    /** Collects the lines of one ionic step. */
    private final class Step {

        private int electronicSteps;
        private double @Nullable [] positions;
        private double @Nullable [] forces;
        private double @Nullable [] stress;
        private @Nullable Double free;

        void take(String line) throws IOException {
            if (line.contains("Iteration") && line.contains("(")) {
                electronicSteps++;
            } else if (line.contains("direct lattice vectors")) {
                cell = lattice();
            } else if (line.startsWith(" POSITION ") && line.contains("TOTAL-FORCE")) {
                atoms();
            } else if (line.startsWith("  in kB ")) {
                stress(line);
            } else if (line.contains("free  energy   TOTEN")) {
                free = number(line, "=", "TOTEN");
            } else if (line.contains("reached required accuracy")) {
                accurate = true;
            } else if (line.contains("General timing and accounting")) {
                complete = true;
            }
        }

        private void atoms() throws IOException {
            required("rule");
            Numbers points = new Numbers();
            Numbers pulls = new Numbers();
            for (int i = 0; i < header.species().size(); i++) {
                String line = required("positions and forces");
                addNumbers(points, line, 0, 3, "positions");
                addNumbers(pulls, line, 3, 6, "forces");
            }
            positions = points.toArray();
            forces = pulls.toArray();
        }

        /** VASP's order is xx yy zz xy yz zx, in kbar with compression positive. */
        private void stress(String line) {
            Numbers six = new Numbers();
            addNumbers(six, line, 2, 8, "stress");
            double[] s = six.toArray();
            double[] nine = {s[0], s[3], s[5], s[3], s[1], s[4], s[5], s[4], s[2]};
            for (int k = 0; k < 9; k++) {
                nine[k] *= -Units.EV_PER_CUBIC_ANGSTROM_PER_KBAR;
            }
            stress = nine;
        }

        private double number(String line, String after, String field) {
            int at = line.indexOf(after);
            List<String> words = at < 0 ? List.of() : Columns.of(line.substring(at + after.length()));
            return Decimal.require(words.isEmpty() ? "" : words.getFirst(), field, lines.place());
        }

        VaspStep finished(String line) {
            double withoutEntropy = number(line, "entropy=", "energy without entropy");
            double sigmaZero = number(line, "energy(sigma->0) =", "energy(sigma->0)");
            if (free == null || positions == null || cell == null) {
                throw new FormatException(
                        lines.place(),
                        free == null ? "TOTEN" : "positions",
                        "are not printed for this step",
                        "",
                        "read vasprun.xml, or run with NWRITE=1 or more");
            }
            try {
                Frame state = Frame.of(Structure.of(cell, header.species(), positions));
                state = forces == null ? state : state.withForces(forces);
                state = stress == null ? state : state.withStress(stress);
                return new VaspStep(
                        judge.steps() + 1,
                        state,
                        new VaspStep.Energies(free, withoutEntropy, sigmaZero),
                        electronicSteps,
                        VaspJudge.electronsConverged(header, electronicSteps));
            } catch (InvalidStructureException e) {
                throw FormatException.of(lines.place(), e);
            }
        }
    }

    /** Collects what stands before the first electronic step. */
    private final class Start {

        private String version = "";
        private boolean inIncar;
        private final Map<String, String> incar = new LinkedHashMap<>();
        private final Map<String, String> parameters = new LinkedHashMap<>();
        private final List<String> titles = new ArrayList<>();
        private final List<String> list = new ArrayList<>();
        private final List<String> exchange = new ArrayList<>();
        private List<Integer> counts = List.of();
        private List<Integer> divisions = List.of();

        void read() throws IOException {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (line.contains("Iteration") && line.contains("(")) {
                    lines.pushBack(line);
                    return;
                }
                take(line);
            }
            ended = true;
        }

        private void take(String line) throws IOException {
            String plain = line.strip();
            if (version.isEmpty() && plain.startsWith("vasp.")) {
                version = Printable.abbreviated(Columns.of(plain).getFirst().substring("vasp.".length()));
            } else if (plain.startsWith("TITEL")) {
                add(titles, value(plain));
            } else if (plain.startsWith("POTCAR:")) {
                inIncar = false;
                add(list, plain.substring("POTCAR:".length()).strip());
            } else if (plain.startsWith("LEXCH") && exchange.size() < titles.size() + 1 && counts.isEmpty()) {
                add(exchange, value(plain));
            } else if (plain.startsWith("ions per type")) {
                counts = counts(value(plain));
            } else if (plain.startsWith("generate k-points for:")) {
                divisions = Columns.of(plain.substring("generate k-points for:".length())).stream()
                        .map(Whole::read)
                        .flatMapToInt(OptionalInt::stream)
                        .limit(3)
                        .boxed()
                        .toList();
            } else if (line.contains("direct lattice vectors")) {
                cell = lattice();
            } else if (plain.equals("INCAR:")) {
                inIncar = true;
            } else {
                tags(line);
            }
        }

        private void add(List<String> to, String value) {
            if (to.size() == 1000) {
                throw new FormatException(
                        lines.place(), "potentials", "are more than 1000", value, "send VASP's own file");
            }
            to.add(Printable.abbreviated(value));
        }

        private static String value(String line) {
            return line.substring(line.indexOf('=') + 1).strip();
        }

        private List<Integer> counts(String text) {
            List<Integer> found = new ArrayList<>();
            int atoms = 0;
            for (String word : Columns.of(text)) {
                int count = Whole.require(
                        word, 1, limits.atoms() - atoms, "ions per type", lines.place(), "send VASP's own file");
                found.add(count);
                atoms += count;
            }
            return found;
        }

        private void tags(String line) {
            Map<String, String> into = inIncar ? incar : parameters;
            Matcher tag = TAG.matcher(line.length() > 400 ? line.substring(0, 400) : line);
            while (tag.find() && into.size() < MOST_TAGS) {
                into.putIfAbsent(tag.group(1), tag.group(2));
            }
        }

        VaspHeader header() {
            List<String> potentials =
                    titles.isEmpty() ? list.stream().distinct().toList() : titles;
            if (version.isEmpty()) {
                throw new FormatException(
                        lines.place(), "version", "is missing in the first line", "", "send an OUTCAR of VASP");
            }
            if (counts.isEmpty() || potentials.size() < counts.size()) {
                throw new FormatException(
                        lines.place(),
                        "ions per type",
                        "and potentials do not tell the atoms",
                        counts + " " + potentials,
                        "send the whole OUTCAR");
            }
            VaspKpoints kpoints = new VaspKpoints(
                    "", divisions, VaspTags.of(parameters).whole("NKPTS").orElse(0));
            return new VaspHeader(
                    version,
                    VaspTags.of(incar),
                    VaspTags.of(parameters),
                    kpoints,
                    potentials,
                    exchange,
                    species(potentials));
        }

        private List<Species> species(List<String> potentials) {
            List<Species> species = new ArrayList<>();
            for (int kind = 0; kind < counts.size(); kind++) {
                List<String> words = Columns.of(potentials.get(kind));
                Species kindOfAtom = Potcar.speciesOf(words.size() < 2 ? "" : words.get(1), lines.place());
                for (int i = 0; i < counts.get(kind); i++) {
                    species.add(kindOfAtom);
                }
            }
            return species;
        }
    }
}
