package org.glassmap.worker.engines.vasp;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.glassmap.contract.agents.Lease;
import org.glassmap.contract.agents.LeaseReport;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.formats.FormatException;
import org.glassmap.core.formats.Frame;
import org.glassmap.core.formats.Outcar;
import org.glassmap.core.formats.Poscar;
import org.glassmap.core.formats.VaspEnding;
import org.glassmap.core.formats.VaspHeader;
import org.glassmap.core.formats.VaspOrder;
import org.glassmap.core.formats.VaspOutput;
import org.glassmap.core.formats.VaspRun;
import org.glassmap.core.formats.VaspStep;
import org.glassmap.core.formats.Vasprun;
import org.glassmap.worker.dispatch.Running;
import org.glassmap.worker.dispatch.Work;
import org.glassmap.worker.engines.Engine;
import org.glassmap.worker.engines.LabelledSteps;
import org.glassmap.worker.engines.Outcome;
import org.glassmap.worker.engines.StructureWire;
import org.glassmap.worker.engines.UnfitInputException;

/**
 * Runs VASP by a site's own command. Energies are those extrapolated to no smearing, which most databases list; forces
 * and stress are as VASP gives them. A step counts only if its electrons converged before NELM; a static or a relaxation
 * whose last step did not is no result.
 */
public final class VaspEngine implements Engine {

    /** Digits of a VASP output, Å: farther from what was asked, it answers another question. */
    private static final double SAME_PLACE = 1e-4;

    private static final int TAIL_BYTES = 3000;

    private final List<String> command;
    private final PotcarShelf potcars;
    private final Map<String, String> runtimeTags;

    /**
     * @param command started in the folder of the inputs
     * @param potcars folder that holds {@code <choice>/POTCAR}
     * @param runtimeTags of the INCAR that say how a run is carried out here
     */
    public VaspEngine(List<String> command, Path potcars, Map<String, String> runtimeTags) {
        this.command = List.copyOf(command);
        this.potcars = new PotcarShelf(potcars);
        this.runtimeTags = Map.copyOf(runtimeTags);
    }

    @Override
    public String name() {
        return "vasp";
    }

    @Override
    public Work prepare(Lease lease, Path folder) throws IOException {
        VaspMethod method = VaspMethod.of(lease.method());
        VaspOrder order = order(StructureWire.structure(lease.structure()));
        write(folder.resolve("INCAR"), out -> method.incar(order, runtimeTags).write(out));
        write(
                folder.resolve("KPOINTS"),
                out -> method.mesh(order.structure().cell()).write(out));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(folder.resolve("POTCAR")))) {
            for (Species species : order.kinds()) {
                VaspMethod.PotcarChoice potcar = method.potcar(species);
                potcars.append(species, potcar.choice(), potcar.title(), out);
            }
        }
        write(folder.resolve("POSCAR"), out -> Poscar.write(order, lease.calculation(), out));
        return new Work.Command(command);
    }

    @Override
    public LeaseReport read(Lease lease, Path folder, Running.Exit exit) throws IOException {
        return switch (exit) {
            case Running.Exit.Cancelled cancelled -> Outcome.CANCELLED.because("cancelled while VASP ran", null);
            case Running.Exit.Vanished vanished ->
                Outcome.RETRYABLE_INFRASTRUCTURE.because("VASP vanished without an exit code", null);
            case Running.Exit.Threw threw -> throw threw.failure();
            case Running.Exit.Ended ended -> judged(lease, folder, ended.code());
        };
    }

    private static LeaseReport judged(Lease lease, Path folder, int exitCode) throws IOException {
        VaspRun run;
        try {
            run = output(folder);
        } catch (FormatException | NoSuchFileException e) {
            String message = "exit code %d, and no output that can be read (%s); VASP said last:\n%s"
                    .formatted(exitCode, e.getMessage(), tail(folder));
            return Outcome.RETRYABLE_CODE.because(message, null);
        }
        String program = "VASP " + run.header().version();
        VaspMethod method = VaspMethod.of(lease.method());
        Structure asked = StructureWire.structure(lease.structure());
        VaspOrder order = order(asked);
        requireAnswerToTheQuestion(method, order, run.header());
        VaspEnding ending = run.ending();
        if (!ending.complete()) {
            return Outcome.RETRYABLE_INFRASTRUCTURE.because(
                    "exit code %d; the output ends after %d complete ionic steps (%s); VASP said last:\n%s"
                            .formatted(exitCode, ending.steps(), ending.reason(), tail(folder)),
                    program);
        }
        VaspStep last =
                run.last().orElseThrow(() -> new UnfitInputException("VASP ended in order without an ionic step"));
        if (!last.firstPrinciples()) {
            return Outcome.FATAL_INPUT.because("the last energy is a force field's, not the electrons'", program);
        }
        if (!ending.electronicallyConverged()) {
            return Outcome.FATAL_INPUT.because(
                    "the electrons of the last ionic step did not converge within its %d steps: its numbers are no label"
                            .formatted(last.electronicSteps()),
                    program);
        }
        boolean converged = !method.relaxes() || ending.goalReached();
        return new LeaseReport(
                Outcome.SUCCESS.word(),
                converged,
                ending.steps(),
                steps(method, asked, order, run),
                program,
                "%d ionic steps%s".formatted(ending.steps(), converged ? "" : ", the goal not reached"),
                List.of(),
                List.of());
    }

    /** vasprun.xml, or OUTCAR where VASP was told to write none. */
    private static VaspRun output(Path folder) throws IOException {
        Path vasprun = folder.resolve("vasprun.xml");
        if (Files.exists(vasprun) && Files.size(vasprun) > 0) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(vasprun));
                    VaspOutput output = Vasprun.open(in)) {
                return output.run();
            }
        }
        Path outcar = folder.resolve("OUTCAR");
        if (Files.exists(outcar)) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(outcar));
                    VaspOutput output = Outcar.open(in)) {
                return output.run();
            }
        }
        throw new NoSuchFileException("vasprun.xml");
    }

    /** The level of theory is what the POTCARs say: another title is another method. */
    private static void requireAnswerToTheQuestion(VaspMethod method, VaspOrder order, VaspHeader header) {
        if (!header.species().equals(order.structure().species())) {
            throw new UnfitInputException("VASP read other atoms than were asked for");
        }
        List<String> asked = order.kinds().stream()
                .map(species -> method.potcar(species).title())
                .toList();
        if (!header.potentials().isEmpty() && !header.potentials().equals(asked)) {
            throw new UnfitInputException(
                    "VASP used the POTCARs %s, asked for were %s".formatted(header.potentials(), asked));
        }
    }

    private static List<LeaseReport.Step> steps(VaspMethod method, Structure asked, VaspOrder order, VaspRun run) {
        LabelledSteps.Picker<VaspStep> picker = method.labels().new Picker<>();
        run.steps().forEach(picker::add);
        List<LeaseReport.Step> steps = new ArrayList<>();
        for (LabelledSteps.Picker.Numbered<VaspStep> picked : picker.steps()) {
            if (picked.step().firstPrinciples() && picked.step().electronicallyConverged()) {
                steps.add(step(picked.index(), asked, order, picked.step()));
            }
        }
        return steps;
    }

    private static LeaseReport.Step step(int index, Structure asked, VaspOrder order, VaspStep step) {
        Frame frame = order.restored(step.frame(VaspStep.Choice.OF_LABELS));
        Structure structure = index == 0 ? asAsked(asked, frame.structure()) : frame.structure();
        double[] forces = frame.forces()
                .orElseThrow(() -> new UnfitInputException("VASP wrote no forces in ionic step " + (index + 1)));
        return new LeaseReport.Step(
                index,
                StructureWire.document(structure),
                frame.energy().orElseThrow(),
                StructureWire.rows(forces),
                frame.stress().map(StructureWire::rows).orElse(null),
                null);
    }

    /** The first step is of the structure that was asked for; the file has it with fewer digits, and wrapped. */
    private static Structure asAsked(Structure asked, Structure answered) {
        double farthest = farthestApart(asked, answered);
        if (!(farthest < SAME_PLACE)) {
            throw new UnfitInputException(
                    "VASP's first ionic step is not of the structure asked for: an atom lies %.2g Å off"
                            .formatted(farthest));
        }
        return asked;
    }

    /** Largest distance between equal atoms, modulo the lattice, Å. */
    private static double farthestApart(Structure asked, Structure answered) {
        Cell cell = asked.cell();
        double[] difference = answered.positions();
        double[] positions = asked.positions();
        for (int k = 0; k < difference.length; k++) {
            difference[k] -= positions[k];
        }
        cell.toFractional(difference);
        for (int k = 0; k < difference.length; k++) {
            difference[k] -= Math.rint(difference[k]);
        }
        cell.toCartesian(difference);
        double farthest = 0;
        for (int i = 0; i < difference.length; i += 3) {
            farthest = Math.max(farthest, Math.hypot(Math.hypot(difference[i], difference[i + 1]), difference[i + 2]));
        }
        double[] lattice = cell.lattice();
        double[] theirs = answered.cell().lattice();
        for (int k = 0; k < 9; k++) {
            farthest = Math.max(farthest, Math.abs(lattice[k] - theirs[k]));
        }
        return farthest;
    }

    private static VaspOrder order(Structure structure) {
        try {
            return VaspOrder.of(structure);
        } catch (InvalidStructureException e) {
            throw new UnfitInputException(String.valueOf(e.getMessage()), e);
        }
    }

    /** What VASP said last, for a person. */
    private static String tail(Path folder) throws IOException {
        Path output = folder.resolve("output.txt");
        if (!Files.exists(output)) {
            return "(nothing)";
        }
        try (SeekableByteChannel channel = Files.newByteChannel(output)) {
            long size = channel.size();
            channel.position(Math.max(0, size - TAIL_BYTES));
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(size, TAIL_BYTES));
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // read on to the end
            }
            return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
        }
    }

    @FunctionalInterface
    private interface Writing {
        void to(Appendable out) throws IOException;
    }

    private static void write(Path file, Writing writing) throws IOException {
        StringBuilder text = new StringBuilder();
        writing.to(text);
        Files.writeString(file, text);
    }
}
