package org.glassmap.benchmarks.aenet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.glassmap.benchmarks.kernels.Samples;
import org.glassmap.benchmarks.kernels.TrainingSection;
import org.glassmap.benchmarks.measuring.Contender;
import org.glassmap.benchmarks.measuring.Effort;
import org.glassmap.benchmarks.measuring.Pinning;
import org.glassmap.benchmarks.measuring.Programs;
import org.glassmap.benchmarks.measuring.Row;
import org.glassmap.benchmarks.measuring.Row.Ratio;
import org.glassmap.benchmarks.measuring.Section;
import org.glassmap.benchmarks.measuring.SideBySide;
import org.glassmap.benchmarks.measuring.Timing;
import org.glassmap.core.atoms.Evaluation;
import org.glassmap.core.atoms.NeighbourList;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.formats.Frame;
import org.glassmap.core.learning.AenetPotential;
import org.glassmap.core.learning.CommitteeCalculator;
import org.glassmap.core.learning.Kernel;
import org.glassmap.core.learning.NetworkPotential;
import org.glassmap.core.learning.TrainingFrame;
import org.jspecify.annotations.Nullable;

/**
 * The same potential by Glassmap and by ænet 2.0.4, in turns, on one core. Before anything is timed both must give the
 * same energies and forces. Where ænet is not there, Glassmap is measured alone and the rows say so.
 */
public final class AenetSection implements Section {

    /** What of ænet is measured against. */
    public enum Side {
        LIBRARY("aenet-library", "beside ænet's library, both sides with the same potential"),
        PREDICT("aenet-predict", "beside ænet's predict.x, lists included"),
        TRAIN("aenet-train", "beside ænet's train.x, descriptors kept");

        private final String name;
        private final String description;

        Side(String name, String description) {
            this.name = name;
            this.description = description;
        }
    }

    private final Side side;

    /** eV and eV/Å: what both sides' order of sums may leave of 1,024 atoms. */
    private static final double AGREEMENT = 1e-9;

    private static final String LIBRARY = "ænet's library, list given";
    private static final String PREDICT = "predict.x with its list";
    private static final String TRAIN = "train.x";

    public AenetSection(Side side) {
        this.side = side;
    }

    @Override
    public String name() {
        return side.name;
    }

    @Override
    public String description() {
        return side.description + ", built apart in the folder that " + AenetInstallation.VARIABLE + " names";
    }

    @Override
    public List<Row> measure(Effort effort, Consumer<String> told) {
        Optional<AenetInstallation> aenet = AenetInstallation.found();
        if (aenet.isEmpty()) {
            told.accept("%s names no folder: Glassmap is measured alone".formatted(AenetInstallation.VARIABLE));
        }
        Path folder = temporaryFolder();
        try (Pinning pinned = Pinning.toOneCore()) {
            return switch (side) {
                case LIBRARY -> evaluation(effort, aenet, folder, told);
                case PREDICT ->
                    List.of(
                            prediction(effort, aenet, folder, effort.size(128, 32), 40),
                            prediction(effort, aenet, folder, effort.size(1024, 64), 40));
                case TRAIN -> List.of(training(effort, aenet, folder));
            };
        } finally {
            remove(folder);
        }
    }

    private List<Row> evaluation(Effort effort, Optional<AenetInstallation> aenet, Path folder, Consumer<String> told) {
        Structure structure = Samples.warm(effort.size(1024, 32), 11);
        int atoms = structure.size();
        NetworkPotential potential = files(Samples.potential(5));
        CommitteeCalculator calculator = potential.calculator();
        CommitteeCalculator plain = potential.calculator(Kernel.PLAIN);
        NeighbourList given = Samples.list(structure, potential.cutoff());
        List<Runnable> contenders = new ArrayList<>(List.of(
                () -> calculator.evaluate(structure, given),
                () -> calculator.energy(structure, given),
                () -> plain.evaluate(structure, given),
                () -> calculator.evaluate(structure),
                () -> calculator.energy(structure)));
        if (aenet.isEmpty()) {
            return rows(SideBySide.run(effort, contenders), atoms, calculator.kernel());
        }
        List<Path> potentialFiles = new AenetProblem(folder, Samples.LPS).writePotential(potential);
        try (AenetLibrary library = new AenetLibrary(aenet.get().library(), Samples.LPS, potentialFiles)) {
            AenetLibrary.Problem problem = library.new Problem(structure, Samples.LPS, potential.cutoff());
            requireAgreement(problem, calculator.evaluate(structure), told);
            requireAgreement(problem, plain.evaluate(structure), told);
            requireAgreement(problem, calculator.evaluate(structure, given), told);
            contenders.add(problem::energyAndForces);
            contenders.add(problem::energy);
            return rows(SideBySide.run(effort, contenders), atoms, calculator.kernel());
        }
    }

    /** What the files hold: their way of keeping the scaling rounds it. */
    private static NetworkPotential files(NetworkPotential potential) {
        return AenetPotential.together(AenetPotential.of(potential));
    }

    private static void requireAgreement(AenetLibrary.Problem theirs, Evaluation ours, Consumer<String> told) {
        double energy = Math.abs(theirs.energyAndForces() - ours.energy());
        double[] forces = theirs.forces();
        double force = 0;
        for (int k = 0; k < forces.length; k++) {
            force = Math.max(force, Math.abs(forces[k] - ours.forces()[k]));
        }
        told.accept("same potential, both sides: energies differ by %.1e eV, forces by at most %.1e eV/Å"
                .formatted(energy, force));
        if (!(energy <= AGREEMENT && force <= AGREEMENT)) {
            throw new IllegalStateException("ænet and Glassmap do not agree: %s eV, %s eV/Å".formatted(energy, force));
        }
    }

    /**
     * Both sides are given their list; that ours is made has rows of its own.
     *
     * @param timings ours with forces, without, plainly with forces; with forces and without, list made; then theirs with
     *     and without
     */
    private static List<Row> rows(List<Timing> timings, int atoms, Kernel kernel) {
        int ours = 5;
        Optional<Timing> forces = timings.size() > ours ? Optional.of(timings.get(ours)) : Optional.empty();
        Optional<Timing> energy = timings.size() > ours ? Optional.of(timings.get(ours + 1)) : Optional.empty();
        String what = "energy + forces + virial, list ";
        return List.of(
                row(what + "given, " + kernel.id(), atoms, timings.get(0), forces, 40.0),
                row("energy, list given, " + kernel.id(), atoms, timings.get(1), energy, 8.0),
                row(what + "given, " + Kernel.PLAIN.id(), atoms, timings.get(2), forces, 20.0),
                row(what + "made, " + kernel.id(), atoms, timings.get(3), forces, null),
                row("energy, list made, " + kernel.id(), atoms, timings.get(4), energy, null));
    }

    private static Row row(String what, int atoms, Timing ours, Optional<Timing> theirs, @Nullable Double must) {
        Row row = Row.perAtom(what, atoms, ours, "flops");
        if (theirs.isEmpty()) {
            return must == null ? row : row.with(Ratio.missing(LIBRARY, must));
        }
        double library = theirs.get().minimum();
        return row.with(new Ratio(
                LIBRARY + " " + microseconds(library / atoms), library / ours.minimum(), "times faster", must));
    }

    private static String microseconds(double seconds) {
        return "(%.1f µs/atom)".formatted(1e6 * seconds);
    }

    /** The program's time for one structure more: it starts, and reads its potentials, once. */
    private Row prediction(Effort effort, Optional<AenetInstallation> aenet, Path folder, int atoms, double must) {
        Structure structure = Samples.warm(atoms, 12);
        NetworkPotential potential = files(Samples.potential(5));
        CommitteeCalculator calculator = potential.calculator();
        String what = "energy + forces + virial, list made, one structure after another";
        Contender ours = Contender.here(() -> calculator.evaluate(structure));
        if (aenet.isEmpty()) {
            Timing alone =
                    SideBySide.run(effort, effort.rounds(), List.of(ours)).getFirst();
            return Row.perAtom(what, atoms, alone, "flops").with(Ratio.missing(PREDICT, must));
        }
        AenetProblem problem = new AenetProblem(folder, Samples.LPS);
        problem.writePotential(potential);
        String file = problem.writeStructure("s" + atoms + ".xsf", Frame.of(structure));
        int more = Math.max(1, 4096 / atoms);
        problem.writePredictInput("one.in", List.of(file));
        problem.writePredictInput("more.in", Collections.nCopies(1 + more, file));
        String program = aenet.get().predict().toString();
        Contender theirs = repetitions -> {
            double one = Programs.seconds(folder, folder.resolve("predict.out"), List.of(program, "one.in"));
            double several = Programs.seconds(folder, folder.resolve("predict.out"), List.of(program, "more.in"));
            return (several - one) / more;
        };
        List<Timing> timings = SideBySide.run(effort, Math.min(5, effort.rounds()), List.of(ours, theirs));
        double their = timings.get(1).minimum();
        return Row.perAtom(what, atoms, timings.getFirst(), "flops")
                .with(Ratio.faster(
                        PREDICT + " " + microseconds(their / atoms),
                        their / timings.getFirst().minimum(),
                        must));
    }

    /** One evaluation of the loss and its gradient, descriptors kept on both sides. */
    private Row training(Effort effort, Optional<AenetInstallation> aenet, Path folder) {
        double must = 300;
        List<TrainingFrame> frames = TrainingSection.frames(effort.size(48, 3), effort.size(64, 32));
        int atoms = frames.stream().mapToInt(frame -> frame.structure().size()).sum();
        Contender ours = Contender.here(TrainingSection.epochs(Samples.energySettings(1), frames));
        String what = "training on energies, per evaluation";
        if (aenet.isEmpty()) {
            Timing alone =
                    SideBySide.run(effort, effort.rounds(), List.of(ours)).getFirst();
            return Row.perAtom(what, atoms, alone, "flops: networks").with(Ratio.missing(TRAIN, must));
        }
        AenetProblem problem = new AenetProblem(folder, Samples.LPS);
        List<String> names = new ArrayList<>();
        for (int k = 0; k < frames.size(); k++) {
            TrainingFrame frame = frames.get(k);
            Frame labelled = Frame.of(frame.structure())
                    .withEnergy(frame.energy())
                    .withForces(frame.forces().orElseThrow());
            names.add(problem.writeStructure("t" + k + ".xsf", labelled));
        }
        problem.writeGenerateInput("generate.in", names, new double[] {-4.4, -4.4, -4.4}, Samples.PAPER);
        Programs.seconds(
                folder,
                folder.resolve("generate.out"),
                List.of(aenet.get().generate().toString(), "generate.in"));
        int few = 2;
        int many = effort == Effort.SMOKE ? 4 : 12;
        problem.writeTrainInput("few.in", few, Samples.HIDDEN);
        problem.writeTrainInput("many.in", many, Samples.HIDDEN);
        String program = aenet.get().train().toString();
        Contender theirs = repetitions -> {
            problem.removeNetworks();
            double begun = Programs.seconds(folder, folder.resolve("train.out"), List.of(program, "few.in"));
            problem.removeNetworks();
            double gone = Programs.seconds(folder, folder.resolve("train.out"), List.of(program, "many.in"));
            return (gone - begun) / (many - few);
        };
        List<Timing> timings = SideBySide.run(effort, Math.min(3, effort.rounds()), List.of(ours, theirs));
        double their = timings.get(1).minimum();
        return Row.perAtom(what, atoms, timings.getFirst(), "flops: networks")
                .with(Ratio.faster(
                        TRAIN + " " + microseconds(their / atoms),
                        their / timings.getFirst().minimum(),
                        must));
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("glassmap-bench");
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for ænet's files", e);
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }
}
