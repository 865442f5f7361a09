package org.glassmap.core.formats;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.atoms.Units;
import org.jspecify.annotations.Nullable;

/**
 * vasprun.xml, streamed. A file that is cut gives its complete ionic steps; {@link #ending} says that it is.
 *
 * <p>Energies are those of the ionic step's own block: the electronic steps before it lack dispersion corrections. Up to
 * VASP 5.4.4 that block is mislabelled: {@code e_wo_entrp} holds the energy extrapolated to no smearing, and
 * {@code e_0_energy} the difference F − (F + TS); here they are put right (checked against the last electronic steps of
 * runs without dispersion).
 *
 * <p>Stress: VASP's is in kbar with compression positive; here it is eV/Å³, tension positive.
 */
public final class Vasprun implements VaspOutput {

    static final String FORMAT = "vasprun.xml";

    private static final int MOST_TAGS = 10_000;

    private final InputStream in;
    private final XmlStream xml;
    private final ReadingLimits limits;
    private final VaspHeader header;
    private final VaspJudge judge;
    private final Cell initialCell;
    private boolean @Nullable [] mobile;
    private boolean atCalculation;
    private boolean ended;
    private boolean complete;
    private String reason = "";

    private Vasprun(InputStream in, ReadingLimits limits) throws IOException {
        this.in = in;
        this.limits = limits;
        this.xml = new XmlStream(in, FORMAT, limits);
        Start start = new Start();
        atCalculation = start.read();
        this.header = start.header();
        this.initialCell = start.cell == null ? Cell.NONE : start.cell;
        this.judge = new VaspJudge(header);
    }

    /**
     * Reads what stands before the first ionic step.
     *
     * @param in plain or compressed with gzip
     * @throws FormatException if it is no vasprun.xml or ends before the atoms are told
     */
    public static Vasprun open(InputStream in, ReadingLimits limits) throws IOException {
        return new Vasprun(in, limits);
    }

    /** As {@link #open(InputStream, ReadingLimits)} with {@link ReadingLimits#DEFAULT}. */
    public static Vasprun open(InputStream in) throws IOException {
        return open(in, ReadingLimits.DEFAULT);
    }

    @Override
    public VaspHeader header() {
        return header;
    }

    @Override
    public Optional<VaspStep> next() throws IOException {
        while (!ended) {
            try {
                if (!atCalculation && !xml.nextStart()) {
                    complete = true;
                    ended = true;
                    break;
                }
            } catch (FormatException cut) {
                end(cut);
                break;
            }
            if (atCalculation || xml.isAt("calculation")) {
                atCalculation = false;
                Optional<VaspStep> step = calculation();
                if (step.isPresent()) {
                    judge.saw(step.get());
                    return step;
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public VaspEnding ending() {
        return judge.ending(complete, reason, mobile);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void end(FormatException cut) {
        ended = true;
        reason = String.valueOf(cut.getMessage());
    }

    /** Empty if the file ends within it: an unfinished step does not count. */
    private Optional<VaspStep> calculation() throws IOException {
        Step step = new Step();
        try {
            step.collect();
        } catch (FormatException e) {
            if (e.getCause() instanceof javax.xml.stream.XMLStreamException || e.getCause() instanceof IOException) {
                end(e); // cut, not wrong
                return Optional.empty();
            }
            judge.sawUnreadable();
            throw e;
        }
        try {
            return Optional.of(step.finished());
        } catch (FormatException e) {
            judge.sawUnreadable();
            throw e;
        }
    }

    /** Standing at an element with rows {@code v}: all their numbers. */
    private double[] rows(String field, int most) throws IOException {
        Numbers numbers = new Numbers();
        int outer = xml.depth();
        while (xml.nextStartWithin(outer)) {
            Place place = xml.place();
            for (String word : Columns.of(xml.text())) {
                if (numbers.size() == most) {
                    throw new FormatException(
                            place, field, "must have %d numbers".formatted(most), word, "send VASP's own file");
                }
                numbers.add(Decimal.require(word, field, place));
            }
        }
        return numbers.toArray();
    }

    private double[] exactly(int count, String field) throws IOException {
        Place place = xml.place();
        double[] numbers = rows(field, count);
        if (numbers.length != count) {
            throw new FormatException(
                    place,
                    field,
                    "must have %d numbers".formatted(count),
                    Integer.toString(numbers.length),
                    "send VASP's own file");
        }
        return numbers;
    }

    /** Collects the parts of one calculation. */
    private final class Step {

        private final Place place = xml.place().inFrame(judge.steps() + 1);
        private int electronicSteps;
        private @Nullable Cell cell;
        private double @Nullable [] fractional;
        private double @Nullable [] forces;
        private double @Nullable [] stress;
        private final Map<String, Double> energies = new LinkedHashMap<>();

        void collect() throws IOException {
            int outer = xml.depth();
            while (xml.nextStartWithin(outer)) {
                switch (xml.element()) {
                    case "scstep" -> {
                        electronicSteps++;
                        xml.skip();
                    }
                    case "structure" -> structure();
                    case "varray" -> array();
                    case "energy" -> energy();
                    default -> xml.skip();
                }
            }
        }

        private void structure() throws IOException {
            int outer = xml.depth();
            while (xml.nextStartWithin(outer)) {
                if (xml.isAt("varray") && xml.name().equals("basis")) {
                    cell = cell(exactly(9, "basis"), place);
                } else if (xml.isAt("varray") && xml.name().equals("positions")) {
                    fractional = exactly(3 * header.species().size(), "positions");
                }
            }
        }

        private void array() throws IOException {
            switch (xml.name()) {
                case "forces" -> forces = exactly(3 * header.species().size(), "forces");
                case "stress" -> {
                    stress = exactly(9, "stress");
                    for (int k = 0; k < 9; k++) {
                        stress[k] *= -Units.EV_PER_CUBIC_ANGSTROM_PER_KBAR;
                    }
                }
                default -> xml.skip();
            }
        }

        private void energy() throws IOException {
            int outer = xml.depth();
            while (xml.nextStartWithin(outer)) {
                String name = xml.name();
                if (name.equals("e_fr_energy") || name.equals("e_wo_entrp") || name.equals("e_0_energy")) {
                    Place line = xml.place();
                    energies.put(name, Decimal.require(xml.text(), name, line));
                }
            }
        }

        VaspStep finished() {
            if (fractional == null) {
                throw new FormatException(place, "positions", "are missing", "", "send VASP's own file");
            }
            double free = energy("e_fr_energy");
            double second = energy("e_wo_entrp");
            double third = energy("e_0_energy");
            VaspStep.Energies all = header.isBeforeVasp6()
                    ? new VaspStep.Energies(free, free - third, second)
                    : new VaspStep.Energies(free, second, third);
            try {
                Frame state = Frame.of(
                        Structure.ofFractional(cell == null ? initialCell : cell, header.species(), fractional));
                state = forces == null ? state : state.withForces(forces);
                state = stress == null ? state : state.withStress(stress);
                return new VaspStep(
                        judge.steps() + 1,
                        state,
                        all,
                        electronicSteps,
                        VaspJudge.electronsConverged(header, electronicSteps));
            } catch (InvalidStructureException e) {
                throw FormatException.of(place, e);
            }
        }

        private double energy(String name) {
            @Nullable Double value = energies.get(name);
            if (value == null) {
                throw new FormatException(place, name, "is missing", "", "send VASP's own file");
            }
            return value;
        }
    }

    private static Cell cell(double[] rows, Place place) {
        try {
            return Cell.periodic(rows);
        } catch (InvalidStructureException e) {
            throw FormatException.of(place, e);
        }
    }

    /** Collects what stands before the first calculation. */
    private final class Start {

        private String version = "";
        private final Map<String, String> incar = new LinkedHashMap<>();
        private final Map<String, String> parameters = new LinkedHashMap<>();
        private VaspKpoints kpoints = new VaspKpoints("", List.of(), 0);
        private final List<Species> species = new ArrayList<>();
        private final List<String> potentials = new ArrayList<>();
        private @Nullable Cell cell;

        /** Whether the reader stands at the first calculation; false at the end of the file. */
        boolean read() throws IOException {
            boolean any = false;
            while (nextStart(any)) {
                any = true;
                switch (xml.element()) {
                    case "calculation" -> {
                        return true;
                    }
                    case "generator" -> generator();
                    case "incar" -> tags(incar);
                    case "parameters" -> tags(parameters);
                    case "kpoints" -> kpoints();
                    case "atominfo" -> atoms();
                    case "structure" -> structure();
                    default -> {} // modeling, and what is in it
                }
            }
            return false;
        }

        /** A file cut behind the atoms has a header, and no steps. */
        private boolean nextStart(boolean any) throws IOException {
            try {
                boolean started = xml.nextStart();
                if (any || !started || xml.isAt("modeling")) {
                    complete = !started;
                    ended = !started;
                    return started;
                }
            } catch (FormatException cut) {
                if (species.isEmpty()) {
                    throw cut;
                }
                end(cut);
                return false;
            }
            throw new FormatException(
                    xml.place(), "root element", "must be modeling", xml.element(), "send a vasprun.xml");
        }

        VaspHeader header() {
            if (species.isEmpty()) {
                throw new FormatException(xml.place(), "atominfo", "is missing", "", "send a vasprun.xml");
            }
            if (version.isEmpty()) {
                throw new FormatException(
                        xml.place(), "version", "is missing, and energies depend on it", "", "send VASP's own file");
            }
            return new VaspHeader(
                    version, VaspTags.of(incar), VaspTags.of(parameters), kpoints, potentials, List.of(), species);
        }

        private void generator() throws IOException {
            int outer = xml.depth();
            while (xml.nextStartWithin(outer)) {
                if (xml.name().equals("version")) {
                    version = Printable.abbreviated(xml.text());
                }
            }
        }

        private void tags(Map<String, String> into) throws IOException {
            int outer = xml.depth();
            while (xml.nextStartWithin(outer)) {
                if (xml.isAt("i") || xml.isAt("v")) {
                    String name = xml.name();
                    into.putIfAbsent(name, xml.text()); // the first NELM is the electrons'
                    if (into.size() > MOST_TAGS) {
                        throw new FormatException(
                                xml.place(), "parameters", "are too many", name, "send VASP's own file");
                    }
                }
            }
        }

        private void kpoints() throws IOException {
            String scheme = "";
            List<Integer> divisions = List.of();
            int points = 0;
            int outer = xml.depth();
            while (xml.nextStartWithin(outer)) {
                if (xml.isAt("generation")) {
                    scheme = Printable.abbreviated(xml.attribute("param"));
                } else if (xml.isAt("v") && xml.name().equals("divisions")) {
                    Place place = xml.place();
                    divisions = Columns.of(xml.text()).stream()
                            .limit(3)
                            .map(word -> Whole.require(word, -1, 100_000, "divisions", place, "send VASP's own file"))
                            .toList();
                } else if (xml.isAt("varray") && xml.name().equals("kpointlist")) {
                    int list = xml.depth();
                    while (xml.nextStartWithin(list)) {
                        points++;
                    }
                }
            }
            kpoints = new VaspKpoints(scheme, divisions, points);
        }

        private void atoms() throws IOException {
            species.clear();
            potentials.clear();
            int outer = xml.depth();
            while (xml.nextStartWithin(outer)) {
                if (xml.isAt("array") && xml.name().equals("atoms")) {
                    for (List<String> row : table()) {
                        species.add(species(row));
                    }
                } else if (xml.isAt("array") && xml.name().equals("atomtypes")) {
                    table().forEach(row ->
                            potentials.add(Printable.abbreviated(row.getLast()).strip()));
                }
            }
        }

        private Species species(List<String> row) {
            try {
                return Species.of(row.getFirst());
            } catch (InvalidStructureException e) {
                throw FormatException.of(xml.place(), e);
            }
        }

        /** Standing at an array: its rows {@code rc} of {@code c}. */
        private List<List<String>> table() throws IOException {
            List<List<String>> rows = new ArrayList<>();
            int outer = xml.depth();
            while (xml.nextStartWithin(outer)) {
                if (xml.isAt("rc")) {
                    rows.add(new ArrayList<>());
                    if (rows.size() > limits.atoms()) {
                        throw new FormatException(
                                xml.place(), "atoms", "are more than %d".formatted(limits.atoms()), "", "send fewer");
                    }
                } else if (xml.isAt("c") && !rows.isEmpty()) {
                    if (rows.getLast().size() == 16) {
                        throw new FormatException(xml.place(), "row", "is too long", "", "send VASP's own file");
                    }
                    rows.getLast().add(xml.text());
                }
            }
            for (List<String> row : rows) {
                if (row.isEmpty()) {
                    throw new FormatException(xml.place(), "row", "is empty", "", "send VASP's own file");
                }
            }
            return rows;
        }

        private void structure() throws IOException {
            int outer = xml.depth();
            while (xml.nextStartWithin(outer)) {
                if (!xml.isAt("varray")) {
                    continue;
                }
                if (xml.name().equals("basis")) {
                    Place place = xml.place();
                    cell = cell(exactly(9, "basis"), place);
                } else if (xml.name().equals("selective")) {
                    mobile = mobile();
                }
            }
        }

        private boolean[] mobile() throws IOException {
            boolean[] mobile = new boolean[3 * species.size()];
            int k = 0;
            int outer = xml.depth();
            while (xml.nextStartWithin(outer)) {
                for (String word : Columns.of(xml.text())) {
                    if (k < mobile.length) {
                        mobile[k++] = word.startsWith("T");
                    }
                }
            }
            return mobile;
        }

        private Cell cell(double[] rows, Place place) {
            return Vasprun.cell(rows, place);
        }
    }
}
