package org.glassmap.potentials.trainings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.glassmap.contract.trainings.CalibrationDocument;
import org.glassmap.contract.trainings.CalibrationDocument.BinDocument;
import org.glassmap.contract.trainings.CalibrationDocument.SpreadDocument;
import org.glassmap.contract.trainings.TrainingReport;
import org.glassmap.contract.trainings.TrainingReport.EnergyPoint;
import org.glassmap.contract.trainings.TrainingReport.ErrorsOf;
import org.glassmap.contract.trainings.TrainingReport.ForcePoint;
import org.glassmap.contract.trainings.TrainingReport.FrameError;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.learning.FrameChecks;
import org.glassmap.core.learning.FrameErrors;
import org.glassmap.core.learning.Kernel;
import org.glassmap.core.learning.LearntPotential;
import org.glassmap.core.learning.SpreadCalibration;
import org.glassmap.core.learning.TrainingFrame;
import org.glassmap.potentials.trainings.TrainingData.Labelled;
import org.jspecify.annotations.Nullable;

/** Judges a trained potential on every frame its training took. What it says depends on potential and frames alone. */
final class ReportMaker {

    private static final int WORST = 10;
    private static final int MOST_FORCE_POINTS = 5000;

    private final TakenFrames taken;
    private final List<Judged> judged = new ArrayList<>();

    private record Judged(String label, TrainingFrame frame, String part, FrameErrors errors) {}

    /** @param potential evaluated on every frame, here, by the kernel */
    ReportMaker(TakenFrames taken, LearntPotential potential, Kernel kernel) {
        this.taken = taken;
        FrameErrors.Judge judge = new FrameErrors.Judge(potential, kernel);
        Map<TrainingFrame, String> parts = taken.parts();
        for (Labelled labelled : taken.frames()) {
            TrainingFrame frame = labelled.frame();
            judged.add(new Judged(labelled.label(), frame, Objects.requireNonNull(parts.get(frame)), judge.of(frame)));
        }
    }

    TrainingReport report(String training, String potential, boolean grouped) {
        return new TrainingReport(
                training,
                potential,
                parts(),
                grouped ? by(j -> j.frame.group()) : List.of(),
                by(j -> FrameChecks.composition(j.frame.structure())),
                elements(),
                worst(),
                calibration().orElse(null),
                judged.stream()
                        .map(j -> new EnergyPoint(j.part, j.errors.labelled(), j.errors.predicted()))
                        .toList(),
                forcePoints(),
                taken.leftOut(),
                taken.warnings());
    }

    private List<ErrorsOf> parts() {
        List<ErrorsOf> parts = new ArrayList<>();
        for (String part : List.of(TakenFrames.TRAINING, TakenFrames.VALIDATION, TakenFrames.CALIBRATION)) {
            List<Judged> own = judged.stream().filter(j -> j.part.equals(part)).toList();
            if (!own.isEmpty()) {
                parts.add(errors(part, own));
            }
        }
        return parts;
    }

    private List<ErrorsOf> by(Function<Judged, String> key) {
        Map<String, List<Judged>> sorted = new TreeMap<>();
        judged.forEach(j ->
                sorted.computeIfAbsent(key.apply(j), k -> new ArrayList<>()).add(j));
        return sorted.entrySet().stream()
                .map(entry -> errors(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static ErrorsOf errors(String of, List<Judged> own) {
        double squares = 0;
        double sum = 0;
        double forces = 0;
        long components = 0;
        for (Judged j : own) {
            squares += j.errors.energyError() * j.errors.energyError();
            sum += j.errors.energyError();
            int count = j.errors.forces().length;
            if (count > 0) {
                forces += j.errors.forceError() * j.errors.forceError() * count;
                components += count;
            }
        }
        return new ErrorsOf(
                of,
                own.size(),
                Math.sqrt(squares / own.size()),
                sum / own.size(),
                components == 0 ? null : Double.valueOf(Math.sqrt(forces / components)));
    }

    private List<ErrorsOf> elements() {
        boolean held = judged.stream().anyMatch(j -> !j.part.equals(TakenFrames.TRAINING));
        Map<Species, double[]> sums = new TreeMap<>();
        for (Judged j : judged) {
            if (held && j.part.equals(TakenFrames.TRAINING)) {
                continue;
            }
            List<Species> species = j.frame.structure().species();
            for (Species one : species.stream().distinct().toList()) {
                sums.computeIfAbsent(one, s -> new double[3])[0]++;
            }
            for (int i = 0; j.errors.hasForces() && i < species.size(); i++) {
                double[] sum = Objects.requireNonNull(sums.get(species.get(i)));
                sum[1] += j.errors.forceError(i) * j.errors.forceError(i);
                sum[2]++;
            }
        }
        return sums.entrySet().stream()
                .map(entry -> new ErrorsOf(
                        entry.getKey().symbol(),
                        (int) entry.getValue()[0],
                        null,
                        null,
                        entry.getValue()[2] == 0
                                ? null
                                : Double.valueOf(Math.sqrt(entry.getValue()[1] / entry.getValue()[2]))))
                .toList();
    }

    private List<FrameError> worst() {
        return judged.stream()
                .sorted(Comparator.comparingDouble((Judged j) -> -Math.abs(j.errors.energyError()))
                        .thenComparing(Judged::label))
                .limit(WORST)
                .map(j -> {
                    String structure = "structure-" + j.frame.structure().hash();
                    return new FrameError(
                            j.label,
                            structure,
                            j.part,
                            j.errors.labelled(),
                            j.errors.predicted(),
                            j.errors.hasForces() ? Double.valueOf(j.errors.forceError()) : null,
                            "/v1/structures/" + structure);
                })
                .toList();
    }

    private List<ForcePoint> forcePoints() {
        long components =
                judged.stream().mapToLong(j -> j.errors.forces().length).sum();
        long stride = Math.max(1, (components + MOST_FORCE_POINTS - 1) / MOST_FORCE_POINTS);
        List<ForcePoint> points = new ArrayList<>();
        long at = 0;
        for (Judged j : judged) {
            for (int k = 0; k < j.errors.forces().length; k++) {
                if (at++ % stride == 0) {
                    points.add(new ForcePoint(
                            j.part, j.errors.forces()[k], j.errors.predictedForces()[k]));
                }
            }
        }
        return points;
    }

    /** Of the committee's spread, on what neither training nor stopping saw; empty where there is too little of it. */
    Optional<CalibrationDocument> calibration() {
        List<Judged> unseen = judged.stream()
                .filter(j -> j.part.equals(TakenFrames.CALIBRATION))
                .toList();
        if (unseen.size() < SpreadCalibration.LEAST_CASES
                || unseen.stream().anyMatch(j -> !(j.errors.energySpread() > 0))) {
            return Optional.empty();
        }
        SpreadDocument energy = document(SpreadCalibration.of(
                unseen.stream().mapToDouble(j -> j.errors.energySpread()).toArray(),
                unseen.stream().mapToDouble(j -> j.errors.energyError()).toArray()));
        return Optional.of(new CalibrationDocument(unseen.size(), energy, forces(unseen)));
    }

    /** Per atom: where members agree to the last bit, as on an atom that symmetry holds, there is no spread to scale. */
    private static @Nullable SpreadDocument forces(List<Judged> unseen) {
        List<Double> spreads = new ArrayList<>();
        List<Double> errors = new ArrayList<>();
        for (Judged j : unseen) {
            for (int i = 0; j.errors.hasForces() && i < j.frame.structure().size(); i++) {
                if (j.errors.forceSpread()[i] > 1e-9) {
                    spreads.add(j.errors.forceSpread()[i]);
                    errors.add(j.errors.forceError(i));
                }
            }
        }
        return spreads.size() < SpreadCalibration.LEAST_CASES
                ? null
                : document(SpreadCalibration.of(
                        spreads.stream().mapToDouble(Double::doubleValue).toArray(),
                        errors.stream().mapToDouble(Double::doubleValue).toArray()));
    }

    private static SpreadDocument document(SpreadCalibration c) {
        return new SpreadDocument(
                c.factor(),
                c.cases(),
                c.within68(),
                c.within95(),
                c.bins().stream()
                        .map(bin -> new BinDocument(bin.cases(), bin.expected(), bin.observed()))
                        .toList());
    }
}
