package org.glassmap.standalone.teacher;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.glassmap.core.atoms.Potential;
import org.glassmap.core.atoms.Proximity;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.formats.Frame;
import org.glassmap.core.learning.Activation;
import org.glassmap.core.learning.LbfgsSettings;
import org.glassmap.core.learning.LossSettings;
import org.glassmap.core.learning.NetworkPotential;
import org.glassmap.core.learning.PairRepulsion;
import org.glassmap.core.learning.Split;
import org.glassmap.core.learning.Training;
import org.glassmap.core.learning.TrainingFrame;
import org.glassmap.core.learning.TrainingSettings;
import org.glassmap.core.learning.WeightedChebyshev;
import org.glassmap.core.numerics.Seed;
import org.glassmap.core.sampling.Relaxation;
import org.glassmap.core.sampling.RelaxationSettings;
import org.glassmap.core.sampling.Relaxed;
import org.glassmap.core.sampling.SupercellChoice;

/**
 * Relaxations of positions and cell, of crystals with Li2S or P2S5 taken out at random; half of the
 * structures have first been relaxed by a poor student: energies alone, the 48 features of the paper, trained on scaled
 * and rattled crystals only. A start in which two atoms are already fused is replaced and counted.
 */
final class HandedOver {

    private static final double FUSED = 1.2;
    private static final long SEED = 7;
    private static final List<String> PARENTS = List.of("Li2P2S6", "Li7P3S11", "beta", "gamma", "Li7PS6");

    private final LabelledSet set;
    private final Potential teacher;
    private final int relaxations;
    private double closest = Double.POSITIVE_INFINITY;
    private int replaced;
    private final Map<Relaxed.Stop, Integer> stops = new TreeMap<>();
    private int evaluations;

    HandedOver(LabelledSet set, Potential teacher, int relaxations) {
        this.set = set;
        this.teacher = teacher;
        this.relaxations = relaxations;
    }

    double closest() {
        return closest;
    }

    Map<String, Object> rows() {
        Map<String, Object> rows = new LinkedHashMap<>();
        rows.put("count", relaxations);
        rows.put("handedOverByStudent", relaxations / 2);
        rows.put("fusedStartsReplaced", replaced);
        rows.put("closestPairAngstrom", JudgeTeacher.rounded(closest));
        rows.put("evaluations", evaluations);
        stops.forEach((stop, count) -> rows.put("ended" + stop, count));
        return rows;
    }

    void run() {
        // Fused pairs are to be seen, so the relaxation's own guard is off.
        Relaxation byTeacher =
                new Relaxation(RelaxationSettings.DEFAULT.withFusedBelow(0).withMaxEvaluations(400));
        Relaxation byStudent =
                new Relaxation(RelaxationSettings.DEFAULT.withFusedBelow(0).withMaxEvaluations(200));
        Potential.Calculator student = student().calculator();
        Potential.Calculator calculator = teacher.calculator();
        int done = 0;
        for (int attempt = 0; done < relaxations; attempt++) {
            Structure start = removed(attempt);
            if (done % 2 == 1) {
                start = byStudent.relax(start, student).structure();
            }
            if (closest(start) < FUSED) {
                replaced++;
                continue;
            }
            Relaxed relaxed = byTeacher.relax(start, calculator);
            evaluations += relaxed.evaluations();
            stops.merge(relaxed.stop(), 1, Integer::sum);
            closest = Math.min(closest, closest(relaxed.structure()));
            done++;
        }
    }

    private static double closest(Structure structure) {
        return Proximity.closest(structure, 3.5)
                .map(Proximity.Contact::distance)
                .orElse(3.5);
    }

    private NetworkPotential student() {
        List<TrainingFrame> frames = new ArrayList<>();
        for (Frame frame : set.frames()) {
            String group = LabelledSet.group(frame);
            if (group.equals("scaled") || group.equals("rattled")) {
                frames.add(new TrainingFrame(
                        frame.structure(), JudgeTeacher.label(frame), null, null, LabelledSet.config(frame)));
            }
        }
        Training training = Training.start(
                new TrainingSettings(
                        new WeightedChebyshev(6, 18, 3, 4, TrainTeacher.LPS),
                        List.of(15, 15),
                        Activation.TANH,
                        PairRepulsion.NONE,
                        LossSettings.ENERGIES,
                        LbfgsSettings.DEFAULT,
                        300,
                        false,
                        Seed.of(SEED, "student"),
                        Seed.of(SEED, "order")),
                new Split(frames, List.of()));
        while (!training.finished()) {
            training.runEpoch();
        }
        return training.potential();
    }

    /** A supercell of 80 to 168 atoms with 1–9 Li2S or 1–4 P2S5 taken out at random. */
    private Structure removed(int attempt) {
        SplittableRandom random = new SplittableRandom(Seed.of(SEED, "removed-" + attempt));
        String parent = PARENTS.get(random.nextInt(PARENTS.size()));
        Structure crystal = set.crystal(parent).structure();
        Structure cell = SupercellChoice.of(crystal).applied(crystal);
        boolean sulfide = random.nextBoolean();
        int times = 1 + random.nextInt(sulfide ? 9 : 4);
        boolean[] gone = new boolean[cell.size()];
        take(cell, sulfide ? Species.Li : Species.P, 2 * times, gone, random);
        take(cell, Species.S, (sulfide ? 1 : 5) * times, gone, random);
        return cell.keeping(i -> !gone[i]);
    }

    private static void take(Structure cell, Species species, int count, boolean[] gone, SplittableRandom random) {
        for (int taken = 0; taken < count; ) {
            int i = random.nextInt(cell.size());
            if (cell.species(i) == species && !gone[i]) {
                gone[i] = true;
                taken++;
            }
        }
    }
}
