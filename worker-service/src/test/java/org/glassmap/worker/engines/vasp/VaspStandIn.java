package org.glassmap.worker.engines.vasp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.glassmap.core.atoms.Evaluation;
import org.glassmap.core.atoms.PairPotential;
import org.glassmap.core.atoms.Potential;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.atoms.Units;
import org.glassmap.core.formats.Incar;
import org.glassmap.core.formats.Kpoints;
import org.glassmap.core.formats.Poscar;
import org.glassmap.core.formats.VaspTags;

/**
 * Speaks VASP's files without being VASP: reads POSCAR, INCAR, KPOINTS, POTCAR and STOPCAR in the folder where it is
 * started, takes energies from a potential, moves the atoms by the INCAR's rules (IBRION, NSW, ISIF, EDIFFG, POTIM) and
 * writes vasprun.xml, OUTCAR, OSZICAR and CONTCAR with VASP's digits, signs and orders.
 *
 * <p>The electrons are a rule of thumb: EDIFF of 10⁻ⁿ takes 2n steps; where NELM ends them first, the step did not
 * converge.
 */
public final class VaspStandIn {

    private static final String VERSION = "6.3.0";

    private final Path folder;
    private final Potential.Calculator calculator =
            PairPotential.thiophosphate().calculator();
    private final VaspTags incar;
    private final Kpoints kpoints;
    private final List<String> titles;
    private final Structure start;
    private final List<State> states = new ArrayList<>();

    private record State(Structure structure, Evaluation evaluation) {}

    private VaspStandIn(Path folder) throws IOException {
        this.folder = folder;
        try (InputStream in = Files.newInputStream(folder.resolve("INCAR"))) {
            this.incar = Incar.read(in);
        }
        try (InputStream in = Files.newInputStream(folder.resolve("KPOINTS"))) {
            this.kpoints = Kpoints.read(in);
        }
        try (InputStream in = Files.newInputStream(folder.resolve("POSCAR"))) {
            this.start = Poscar.read(in);
        }
        this.titles = titles(folder.resolve("POTCAR"));
    }

    /** No arguments: all there is to know stands in the files. */
    public static void main(String[] arguments) throws IOException {
        System.exit(new VaspStandIn(Path.of("")).run());
    }

    private int run() throws IOException {
        System.out.println(" running on    1 total cores");
        System.out.println(" vasp." + VERSION + " stand-in");
        if (start.cell().leftHanded()) {
            System.out.println(" ERROR: the triple product of the basis vectors is negative");
            return 1;
        }
        if (titles.size() != kinds().size()) {
            System.out.println(
                    " ERROR: the number of potentials on File POTCAR is incompatible with number of species");
            return 1;
        }
        if (incar.number("ENCUT").isEmpty()) {
            System.out.println(" ERROR: no ENCUT");
            return 1;
        }
        move();
        write("vasprun.xml", vasprun());
        write("OUTCAR", outcar());
        write("OSZICAR", oszicar());
        write("CONTCAR", contcar());
        System.out.println(" writing wavefunctions");
        return 0;
    }

    private int ionicSteps() {
        int relaxer = incar.whole("IBRION").orElse(-1);
        return relaxer < 0 ? 1 : Math.max(1, incar.whole("NSW").orElse(0));
    }

    private boolean cellMoves() {
        return incar.whole("ISIF").orElse(2) >= 3;
    }

    /** Positions in Å and strain, scaled to Å by the size of the cell, in one vector. */
    private double scale() {
        return Math.cbrt(start.cell().volume());
    }

    private void move() throws IOException {
        Mover mover = mover(
                incar.whole("IBRION").orElse(-1), 0.02 * incar.number("POTIM").orElse(0.5));
        Structure here = start;
        for (int ionic = 0; ionic < ionicSteps(); ionic++) {
            Evaluation evaluation = calculator.evaluate(here);
            states.add(new State(here, evaluation));
            if (ionicSteps() == 1 || reached() || stopped()) {
                return;
            }
            here = moved(here, limited(mover.next(force(here, evaluation))));
        }
    }

    /** Where to go from here, Å. */
    @FunctionalInterface
    private interface Mover {
        double[] next(double[] force);
    }

    private static Mover mover(int ibrion, double step) {
        return switch (ibrion) {
            case -1 -> force -> force;
            case 1 -> new QuasiNewton(step);
            case 2 -> new ConjugateGradients(step);
            case 3 -> new Damped(step);
            default -> throw new IllegalStateException("IBRION = " + ibrion);
        };
    }

    /** One number for the Hessian (Barzilai and Borwein). */
    private static final class QuasiNewton implements Mover {
        private double step;
        private double[] direction = new double[0];
        private double[] before = new double[0];

        QuasiNewton(double step) {
            this.step = step;
        }

        @Override
        public double[] next(double[] force) {
            if (before.length > 0) {
                double curvature = dot(direction, difference(before, force));
                step = curvature > 0 ? Math.min(0.5, dot(direction, direction) / curvature) : step;
            }
            before = force;
            direction = limited(scaled(force, step));
            return direction;
        }
    }

    /** Polak and Ribière; as in VASP a trial step and a corrector along each direction. */
    private static final class ConjugateGradients implements Mover {
        private double step;
        private double[] direction = new double[0];
        private double[] before = new double[0];
        private double slope;
        private boolean atTrial;

        ConjugateGradients(double step) {
            this.step = step;
        }

        @Override
        public double[] next(double[] force) {
            atTrial = !atTrial;
            if (!atTrial) {
                double there = dot(direction, force);
                double factor = slope > there ? Math.clamp(slope / (slope - there), 0.05, 4) : 2;
                double[] correction = scaled(direction, step * (factor - 1));
                step *= Math.clamp(factor, 0.5, 2);
                return correction;
            }
            double beta =
                    before.length == 0 ? 0 : Math.max(0, dot(force, difference(force, before)) / dot(before, before));
            double[] conjugate = before.length == 0 ? force : sum(force, scaled(direction, Math.min(beta, 1)));
            direction = dot(conjugate, force) > 0 ? conjugate : force;
            before = force;
            slope = dot(direction, force);
            return scaled(direction, step);
        }
    }

    /** What goes uphill is stopped. */
    private static final class Damped implements Mover {
        private final double step;
        private double[] direction = new double[0];

        Damped(double step) {
            this.step = step;
        }

        @Override
        public double[] next(double[] force) {
            double[] push = scaled(force, step);
            direction = direction.length == 0 || dot(direction, force) <= 0 ? push : sum(scaled(direction, 0.9), push);
            direction = limited(direction);
            return direction;
        }
    }

    /** Forces, and with a moving cell the virial over the size of the cell. */
    private double[] force(Structure structure, Evaluation evaluation) {
        double[] force = new double[3 * structure.size() + 9];
        System.arraycopy(evaluation.forces(), 0, force, 0, 3 * structure.size());
        for (int k = 0; cellMoves() && k < 9; k++) {
            force[3 * structure.size() + k] = evaluation.virial()[k] / scale();
        }
        return force;
    }

    private static double[] limited(double[] direction) {
        double largest = 0;
        for (double component : direction) {
            largest = Math.max(largest, Math.abs(component));
        }
        return largest > 0.1 ? scaled(direction, 0.1 / largest) : direction;
    }

    private Structure moved(Structure structure, double[] direction) {
        int n = 3 * structure.size();
        double[] positions = structure.positions();
        for (int k = 0; k < n; k++) {
            positions[k] += direction[k];
        }
        double[] stretch = new double[9];
        for (int k = 0; k < 9; k++) {
            stretch[k] = direction[n + k] / scale() + (k % 4 == 0 ? 1 : 0);
        }
        double[] lattice = structure.cell().lattice();
        multiply(positions, stretch);
        multiply(lattice, stretch);
        return structure.with(structure.cell().withLattice(lattice), positions);
    }

    private static void multiply(double[] rows, double[] matrix) {
        for (int i = 0; i < rows.length; i += 3) {
            double x = rows[i];
            double y = rows[i + 1];
            double z = rows[i + 2];
            for (int k = 0; k < 3; k++) {
                rows[i + k] = x * matrix[k] + y * matrix[3 + k] + z * matrix[6 + k];
            }
        }
    }

    /** EDIFFG: negative, a limit on forces; positive, one on the change of energy. */
    private boolean reached() {
        double limit = incar.number("EDIFFG").orElse(10 * incar.number("EDIFF").orElse(1e-4));
        State last = states.getLast();
        if (limit > 0) {
            return states.size() > 1
                    && Math.abs(last.evaluation().energy()
                                    - states.get(states.size() - 2).evaluation().energy())
                            < limit;
        }
        double[] force = force(last.structure(), last.evaluation());
        double largest = 0;
        for (int i = 0; i < force.length; i += 3) {
            largest = Math.max(largest, Math.sqrt(dot3(force, i)));
        }
        return largest <= -limit;
    }

    private static double dot3(double[] v, int i) {
        return v[i] * v[i] + v[i + 1] * v[i + 1] + v[i + 2] * v[i + 2];
    }

    /** {@code LSTOP = .TRUE.} in STOPCAR: no ionic step after this one. */
    private boolean stopped() throws IOException {
        Path stopcar = folder.resolve("STOPCAR");
        if (!Files.exists(stopcar)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(stopcar)) {
            return Incar.read(in).isTrue("LSTOP");
        }
    }

    private int electronicSteps() {
        double digits = -Math.log10(incar.number("EDIFF").orElse(1e-4));
        return Math.min((int) Math.ceil(2 * digits), incar.whole("NELM").orElse(60));
    }

    private Map<Species, Integer> kinds() {
        Map<Species, Integer> kinds = new TreeMap<>();
        start.species().forEach(species -> kinds.merge(species, 1, Integer::sum));
        return kinds;
    }

    private static List<String> titles(Path potcar) throws IOException {
        List<String> titles = new ArrayList<>();
        boolean first = true;
        try (BufferedReader in = Files.newBufferedReader(potcar, StandardCharsets.ISO_8859_1)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (first) {
                    titles.add(line.strip());
                }
                first = line.strip().equals("End of Dataset");
            }
        }
        return titles;
    }

    private String vasprun() {
        StringBuilder xml = new StringBuilder();
        xml.append("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<modeling>\n <generator>\n");
        xml.append("  <i name=\"program\" type=\"string\">vasp </i>\n");
        xml.append("  <i name=\"version\" type=\"string\">")
                .append(VERSION)
                .append("  </i>\n </generator>\n <incar>\n");
        incar.values()
                .forEach(
                        (tag, value) -> xml.append("  <i type=\"string\" name=\"%s\"> %s</i>\n".formatted(tag, value)));
        xml.append(" </incar>\n <kpoints>\n");
        if (kpoints instanceof Kpoints.Mesh mesh) {
            List<Integer> n = mesh.divisions();
            xml.append(
                    "  <generation param=\"Gamma\">\n   <v type=\"int\" name=\"divisions\"> %d %d %d </v>\n  </generation>\n"
                            .formatted(n.get(0), n.get(1), n.get(2)));
        }
        xml.append(" </kpoints>\n <parameters>\n");
        xml.append("  <i name=\"ENMAX\"> %s</i>\n".formatted(incar.text("ENCUT").orElse("")));
        xml.append("  <i type=\"int\" name=\"NELM\"> %d</i>\n"
                .formatted(incar.whole("NELM").orElse(60)));
        xml.append(
                "  <i name=\"EDIFFG\"> %s</i>\n".formatted(incar.text("EDIFFG").orElse("0")));
        xml.append("  <i type=\"int\" name=\"IBRION\"> %d</i>\n"
                .formatted(incar.whole("IBRION").orElse(-1)));
        xml.append("  <i type=\"int\" name=\"NSW\"> %d</i>\n"
                .formatted(incar.whole("NSW").orElse(0)));
        xml.append("  <i type=\"int\" name=\"ISIF\"> %d</i>\n </parameters>\n"
                .formatted(incar.whole("ISIF").orElse(2)));
        atoms(xml);
        structure(xml, " <structure name=\"initialpos\" >", start);
        for (State state : states) {
            calculation(xml, state);
        }
        structure(xml, " <structure name=\"finalpos\" >", states.getLast().structure());
        return xml.append("</modeling>\n").toString();
    }

    private void atoms(StringBuilder xml) {
        xml.append(
                " <atominfo>\n  <atoms> %d </atoms>\n  <types> %d </types>\n".formatted(start.size(), titles.size()));
        xml.append("  <array name=\"atoms\" >\n   <set>\n");
        List<Species> kinds = List.copyOf(kinds().keySet());
        for (int i = 0; i < start.size(); i++) {
            xml.append("    <rc><c>%-2s</c><c> %d</c></rc>\n"
                    .formatted(start.species(i).symbol(), kinds.indexOf(start.species(i)) + 1));
        }
        xml.append("   </set>\n  </array>\n  <array name=\"atomtypes\" >\n   <set>\n");
        int kind = 0;
        for (Map.Entry<Species, Integer> entry : kinds().entrySet()) {
            xml.append("    <rc><c> %d</c><c>%-2s</c><c> %.3f</c><c> 1.0</c><c> %s </c></rc>\n"
                    .formatted(
                            entry.getValue(),
                            entry.getKey().symbol(),
                            entry.getKey().mass(),
                            titles.get(kind++)));
        }
        xml.append("   </set>\n  </array>\n </atominfo>\n");
    }

    private static void structure(StringBuilder xml, String head, Structure structure) {
        xml.append(head).append("\n  <crystal>\n   <varray name=\"basis\" >\n");
        rows(xml, structure.cell().lattice());
        xml.append("   </varray>\n   <i name=\"volume\"> %.8f </i>\n  </crystal>\n"
                .formatted(structure.cell().volume()));
        double[] fractional = structure.fractional();
        for (int k = 0; k < fractional.length; k++) {
            fractional[k] -= Math.floor(fractional[k]);
        }
        xml.append("  <varray name=\"positions\" >\n");
        rows(xml, fractional);
        xml.append("  </varray>\n </structure>\n");
    }

    private void calculation(StringBuilder xml, State state) {
        xml.append(" <calculation>\n");
        for (int k = 1; k <= electronicSteps(); k++) {
            xml.append("  <scstep>\n   <energy>\n    <i name=\"e_fr_energy\"> %.8f </i>\n   </energy>\n  </scstep>\n"
                    .formatted(state.evaluation().energy() + Math.pow(10, 1 - k / 2.0)));
        }
        structure(xml, "  <structure>", state.structure());
        xml.append("  <varray name=\"forces\" >\n");
        rows(xml, state.evaluation().forces());
        xml.append("  </varray>\n  <varray name=\"stress\" >\n");
        rows(xml, kilobar(state));
        xml.append("  </varray>\n  <energy>\n");
        for (String name : List.of("e_fr_energy", "e_wo_entrp", "e_0_energy")) {
            xml.append("   <i name=\"%s\"> %.8f </i>\n"
                    .formatted(name, state.evaluation().energy()));
        }
        xml.append("  </energy>\n </calculation>\n");
    }

    /** Compression positive. */
    private static double[] kilobar(State state) {
        double[] stress = state.evaluation().stress(state.structure().cell().volume());
        return scaled(stress, -1 / Units.EV_PER_CUBIC_ANGSTROM_PER_KBAR);
    }

    private static void rows(StringBuilder xml, double[] values) {
        for (int i = 0; i < values.length; i += 3) {
            xml.append(String.format(
                    Locale.ROOT, "   <v> %16.8f %16.8f %16.8f </v>%n", values[i], values[i + 1], values[i + 2]));
        }
    }

    private String outcar() {
        StringBuilder out = new StringBuilder(" vasp." + VERSION + " stand-in\n\n");
        titles.forEach(title -> out.append("   TITEL  = ").append(title).append("\n   LEXCH  = PE\n"));
        out.append("   ions per type = ");
        kinds().values().forEach(count -> out.append(String.format(Locale.ROOT, "%14d", count)));
        out.append("\n   NELM   = %6d;   NELMIN=  2\n"
                .formatted(incar.whole("NELM").orElse(60)));
        out.append("   EDIFFG = %s\n   NSW    = %6d\n   IBRION = %6d\n   ISIF   = %6d\n"
                .formatted(
                        incar.text("EDIFFG").orElse("0"),
                        incar.whole("NSW").orElse(0),
                        incar.whole("IBRION").orElse(-1),
                        incar.whole("ISIF").orElse(2)));
        for (int k = 0; k < states.size(); k++) {
            step(out, states.get(k), k + 1);
        }
        if (ionicSteps() > 1 && reached()) {
            out.append(" reached required accuracy - stopping structural energy minimisation\n");
        }
        return out.append("\n General timing and accounting informations for this job:\n")
                .toString();
    }

    private void step(StringBuilder out, State state, int number) {
        for (int k = 1; k <= electronicSteps(); k++) {
            out.append(String.format(Locale.ROOT, "----- Iteration %6d(%4d)  -----%n", number, k));
        }
        double[] p = kilobar(state);
        out.append("  in kB ");
        for (int k : new int[] {0, 4, 8, 1, 5, 2}) {
            out.append(String.format(Locale.ROOT, "%12.5f", p[k]));
        }
        out.append("\n      direct lattice vectors                 reciprocal lattice vectors\n");
        double[] lattice = state.structure().cell().lattice();
        for (int i = 0; i < 9; i += 3) {
            out.append(String.format(
                    Locale.ROOT,
                    "%17.9f%13.9f%13.9f%13.9f%13.9f%13.9f%n",
                    lattice[i],
                    lattice[i + 1],
                    lattice[i + 2],
                    0.0,
                    0.0,
                    0.0));
        }
        out.append(" POSITION                                       TOTAL-FORCE (eV/Angst)\n ---\n");
        double[] forces = state.evaluation().forces();
        for (int i = 0; i < state.structure().size(); i++) {
            out.append(String.format(
                    Locale.ROOT,
                    "%13.5f%13.5f%13.5f %13.6f%13.6f%13.6f%n",
                    state.structure().position(i, 0),
                    state.structure().position(i, 1),
                    state.structure().position(i, 2),
                    forces[3 * i],
                    forces[3 * i + 1],
                    forces[3 * i + 2]));
        }
        double energy = state.evaluation().energy();
        out.append(String.format(Locale.ROOT, "  free  energy   TOTEN  = %18.8f eV%n%n", energy));
        out.append(String.format(
                Locale.ROOT, "  energy  without entropy= %18.8f  energy(sigma->0) = %18.8f%n", energy, energy));
    }

    private String oszicar() {
        StringBuilder out = new StringBuilder();
        for (int k = 0; k < states.size(); k++) {
            double energy = states.get(k).evaluation().energy();
            out.append(String.format(Locale.ROOT, "%4d F= %.8E E0= %.8E  d E =%.6E%n", k + 1, energy, energy, 0.0));
        }
        return out.toString();
    }

    private String contcar() throws IOException {
        StringBuilder out = new StringBuilder();
        Poscar.write(org.glassmap.core.formats.VaspOrder.of(states.getLast().structure()), "stand-in", out);
        return out.toString();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text, StandardCharsets.ISO_8859_1);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    private static double[] scaled(double[] a, double factor) {
        double[] scaled = new double[a.length];
        for (int k = 0; k < a.length; k++) {
            scaled[k] = factor * a[k];
        }
        return scaled;
    }

    private static double[] sum(double[] a, double[] b) {
        double[] sum = new double[a.length];
        for (int k = 0; k < a.length; k++) {
            sum[k] = a[k] + b[k];
        }
        return sum;
    }

    private static double[] difference(double[] a, double[] b) {
        return sum(a, scaled(b, -1));
    }
}
