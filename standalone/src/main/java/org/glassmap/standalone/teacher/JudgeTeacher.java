package org.glassmap.standalone.teacher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.glassmap.core.atoms.Evaluation;
import org.glassmap.core.atoms.Potential;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.formats.Frame;
import org.glassmap.core.learning.CommitteePotential;
import org.glassmap.core.learning.NetworkPotential;
import org.glassmap.core.learning.PotentialDocument;
import org.glassmap.core.learning.Split;
import org.glassmap.core.learning.Training;
import org.glassmap.core.learning.TrainingFrame;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Puts trained members together, writes the teacher's file, and holds it against its gate. */
final class JudgeTeacher {

    private static final double ENERGY_LIMIT = 5;
    private static final double FORCE_LIMIT = 0.10;
    private static final double CRYSTAL_LIMIT = 3;
    private static final double FORMATION_LIMIT = 5;
    private static final double FALSE_MINIMUM = 20;
    private static final double LOW = 100;

    private final Map<String, Object> report = new LinkedHashMap<>();
    private boolean passed = true;

    private final TeacherSettings settings;
    private final Consumer<String> told;

    private JudgeTeacher(TeacherSettings settings, Consumer<String> told) {
        this.settings = settings;
        this.told = told;
    }

    /** Writes {@code teacher.potential} and {@code gate.json} into {@code out}.
     *
     * @return whether the gate is passed
     */
    static boolean judge(TeacherSettings settings, Path data, Path work, Path out, Consumer<String> told)
            throws IOException {
        LabelledSet set = LabelledSet.read(data, LabelledSet.FILES).share(settings.fraction());
        Split split = set.split();
        List<NetworkPotential> trained = new ArrayList<>();
        for (int m = 0; m < settings.members(); m++) {
            byte[] state = Files.readAllBytes(TrainTeacher.stateFile(work, m));
            Training training = Training.resume(TrainTeacher.settings(m, settings.epochs()), split, null, state);
            if (!training.finished()) {
                throw new IOException("member %d stands at epoch %d of %d; train it to its end"
                        .formatted(m, training.epoch(), settings.epochs()));
            }
            trained.add(training.potential());
        }
        PotentialDocument document = PotentialDocument.of(new CommitteePotential(trained));
        Files.createDirectories(out);
        Files.write(out.resolve("teacher.potential"), document.bytes());
        JudgeTeacher judge = new JudgeTeacher(settings, told);
        judge.report.put("potential", document.id());
        judge.report.put("members", settings.members());
        judge.report.put("epochs", settings.epochs());
        if (settings.fraction() < 1) {
            judge.report.put("fractionOfConfigurations", settings.fraction());
        }
        judge.report.put("labels", "SevenNet-0 (11 July 2024)");
        judge.judge(set, split, document.potential());
        judge.relax(set, document.potential());
        judge.report.put("passed", judge.passed);
        JsonMapper json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Files.writeString(out.resolve("gate.json"), json.writeValueAsString(judge.report) + "\n");
        told.accept(judge.passed ? "the gate is passed" : "THE GATE IS NOT PASSED");
        return judge.passed;
    }

    private void judge(LabelledSet set, Split split, Potential teacher) {
        Set<String> heldOut = new HashSet<>();
        for (TrainingFrame frame : split.validation()) {
            heldOut.add(frame.group());
        }
        Potential.Calculator calculator = teacher.calculator();
        Map<String, Squares> unseen = new TreeMap<>();
        Map<String, Squares> seen = new TreeMap<>();
        Map<Frame, Double> energies = new LinkedHashMap<>();
        for (Frame frame : set.frames()) {
            Evaluation evaluation = calculator.evaluate(frame.structure());
            energies.put(frame, evaluation.energy());
            boolean isUnseen = heldOut.contains(LabelledSet.config(frame));
            (isUnseen ? unseen : seen)
                    .computeIfAbsent(LabelledSet.group(frame), g -> new Squares())
                    .add(frame, evaluation);
        }
        report.put("heldOut", table("held out", unseen));
        report.put("learnt", table("learnt", seen));
        for (String group : List.of("removed", "md", "wandered")) {
            Squares squares = unseen.get(group);
            require(
                    squares != null && squares.energy() <= ENERGY_LIMIT && squares.force() <= FORCE_LIMIT,
                    group + " held out within 5 meV/atom and 0.10 eV/Å");
        }
        judgeCrystals(set, energies);
        judgeEndPoints(set, energies, heldOut);
    }

    private Map<String, Object> table(String title, Map<String, Squares> groups) {
        Map<String, Object> table = new LinkedHashMap<>();
        groups.forEach((group, squares) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("frames", squares.frames);
            row.put("energyMeVPerAtom", rounded(squares.energy()));
            row.put("forceEVPerAngstrom", rounded(squares.force()));
            table.put(group, row);
            told.accept(String.format(
                    Locale.ROOT,
                    "%-9s %-9s %5d frames %6.2f meV/atom %6.3f eV/Å",
                    title,
                    group,
                    squares.frames,
                    squares.energy(),
                    squares.force()));
        });
        return table;
    }

    private void judgeCrystals(LabelledSet set, Map<Frame, Double> energies) {
        Map<String, Frame> crystals = new LinkedHashMap<>();
        for (Frame frame : set.frames()) {
            if (LabelledSet.onTheLine(frame)) {
                crystals.put(LabelledSet.config(frame), frame);
            }
        }
        Frame sulfide = set.crystal("Li2S");
        Frame phosphide = set.crystal("P2S5");
        Line labels = Line.between(sulfide, label(sulfide), phosphide, label(phosphide));
        Line teachers = Line.between(sulfide, of(energies, sulfide), phosphide, of(energies, phosphide));
        Map<String, Object> rows = new LinkedHashMap<>();
        double worst = 0;
        double worstFormation = 0;
        for (Map.Entry<String, Frame> crystal : crystals.entrySet()) {
            Frame frame = crystal.getValue();
            double energy = of(energies, frame);
            double miss = 1000 * (energy - label(frame)) / frame.structure().size();
            double formation = 1000 * teachers.formation(frame, energy);
            double formationLabel = 1000 * labels.formation(frame, label(frame));
            worst = Math.max(worst, Math.abs(miss));
            worstFormation = Math.max(worstFormation, Math.abs(formation - formationLabel));
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("energyErrorMeVPerAtom", rounded(miss));
            row.put("formationMeVPerAtom", rounded(formation));
            row.put("formationLabelMeVPerAtom", rounded(formationLabel));
            rows.put(crystal.getKey(), row);
            told.accept(String.format(
                    Locale.ROOT,
                    "%-16s energy off by %5.2f meV/atom, formation %7.1f (label %7.1f)",
                    crystal.getKey(),
                    miss,
                    formation,
                    formationLabel));
        }
        report.put("crystals", rows);
        require(crystals.size() == 8 && worst <= CRYSTAL_LIMIT, "the eight crystals within 3 meV/atom");
        require(worstFormation <= FORMATION_LIMIT, "their formation energies within 5 meV/atom");
    }

    /** Held-out relaxed end points below 100 meV/atom above the hull of P2S5, γ-Li3PS4 and Li2S, all by their labels. */
    private void judgeEndPoints(LabelledSet set, Map<Frame, Double> energies, Set<String> heldOut) {
        Frame gamma = set.crystal("gamma");
        Frame sulfide = set.crystal("Li2S");
        Frame phosphide = set.crystal("P2S5");
        Line line = Line.between(sulfide, label(sulfide), phosphide, label(phosphide));
        double depth = line.formationPerUnit(gamma, label(gamma));
        int low = 0;
        int falseMinima = 0;
        double squares = 0;
        double lowest = 0;
        for (Frame frame : set.frames()) {
            boolean end = LabelledSet.group(frame).equals("wandered")
                    && "relaxed".equals(frame.metadata().get("stage"))
                    && heldOut.contains(LabelledSet.config(frame))
                    && frame.metadata().containsKey("x_Li2S");
            if (!end) {
                continue;
            }
            double x = Line.x(frame);
            double hull = x < 0.75 ? depth * x / 0.75 : depth * (1 - x) / 0.25;
            double above = 1000 * (line.formationPerUnit(frame, label(frame)) - hull) / (7 - 4 * x);
            if (above < LOW) {
                double miss = 1000
                        * (of(energies, frame) - label(frame))
                        / frame.structure().size();
                low++;
                squares += miss * miss;
                lowest = Math.min(lowest, miss);
                falseMinima += miss < -FALSE_MINIMUM ? 1 : 0;
            }
        }
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("count", low);
        row.put("rmseMeVPerAtom", rounded(Math.sqrt(squares / low)));
        row.put("lowestErrorMeVPerAtom", rounded(lowest));
        row.put("moreThan20Below", falseMinima);
        report.put("relaxedEndPoints", row);
        told.accept(String.format(
                Locale.ROOT,
                "held-out relaxed end points under 100 meV/atom above the hull: %d, %.2f meV/atom, lowest error %.1f, %d more than 20 below",
                low,
                Math.sqrt(squares / low),
                lowest,
                falseMinima));
        require(low > 0 && falseMinima == 0, "no held-out end point more than 20 meV/atom below its label");
    }

    private void relax(LabelledSet set, Potential teacher) {
        HandedOver trial = new HandedOver(set, teacher, settings.relaxations());
        trial.run();
        report.put("relaxations", trial.rows());
        told.accept("relaxations: " + trial.rows());
        require(trial.closest() >= 1.2, settings.relaxations() + " relaxations end without a pair under 1.2 Å");
    }

    private void require(boolean holds, String what) {
        told.accept((holds ? "ok      " : "FAILED  ") + what);
        passed &= holds;
    }

    private static double of(Map<Frame, Double> energies, Frame frame) {
        return Objects.requireNonNull(energies.get(frame));
    }

    static double label(Frame frame) {
        return frame.energy().orElseThrow();
    }

    static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    /** Formation energies between Li2S and P2S5, eV per formula unit of each. */
    private record Line(double sulfide, double phosphide) {

        static double x(Frame frame) {
            int units = units(frame);
            return frame.structure().composition().count(Species.Li) / 2.0 / units;
        }

        private static int units(Frame frame) {
            return frame.structure().composition().count(Species.Li) / 2
                    + frame.structure().composition().count(Species.P) / 2;
        }

        static double perUnit(Frame frame, double energy) {
            return energy / units(frame);
        }

        static Line between(Frame sulfide, double sulfideEnergy, Frame phosphide, double phosphideEnergy) {
            return new Line(perUnit(sulfide, sulfideEnergy), perUnit(phosphide, phosphideEnergy));
        }

        double formationPerUnit(Frame frame, double energy) {
            return perUnit(frame, energy) - x(frame) * sulfide - (1 - x(frame)) * phosphide;
        }

        double formation(Frame frame, double energy) {
            return formationPerUnit(frame, energy) / (7 - 4 * x(frame));
        }
    }

    private static final class Squares {
        private int frames;
        private long components;
        private double energies;
        private double forces;

        void add(Frame frame, Evaluation evaluation) {
            frames++;
            double miss =
                    (evaluation.energy() - label(frame)) / frame.structure().size();
            energies += miss * miss;
            double[] labels = frame.forces().orElseThrow();
            for (int k = 0; k < labels.length; k++) {
                forces += (evaluation.forces()[k] - labels[k]) * (evaluation.forces()[k] - labels[k]);
            }
            components += labels.length;
        }

        double energy() {
            return 1000 * Math.sqrt(energies / frames);
        }

        double force() {
            return Math.sqrt(forces / components);
        }
    }
}
