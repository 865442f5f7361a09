package org.glassmap.potentials.trainings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.glassmap.contract.trainings.CalibrationDocument;
import org.glassmap.contract.trainings.CalibrationDocument.BinDocument;
import org.glassmap.contract.trainings.CalibrationDocument.SpreadDocument;
import org.glassmap.contract.trainings.TrainingRecord.EpochErrors;
import org.glassmap.contract.trainings.TrainingReport;
import org.jspecify.annotations.Nullable;

/** What can be drawn of a training. Made of the numbers that the report and the list of errors hold, and of no others. */
enum ReportFigure {
    /** Predicted over labelled energies. */
    PARITY_ENERGY {
        @Override
        Optional<String> svg(TrainingReport report, List<EpochErrors> errors) {
            return Optional.of(parity(
                    "Energies",
                    "eV/atom",
                    report.energies().stream()
                            .map(p -> new Point(p.part(), p.labelled(), p.predicted()))
                            .toList()));
        }
    },
    /** Predicted over labelled components of forces. */
    PARITY_FORCE {
        @Override
        Optional<String> svg(TrainingReport report, List<EpochErrors> errors) {
            return report.forces().isEmpty()
                    ? Optional.empty()
                    : Optional.of(parity(
                            "Force components",
                            "eV/Å",
                            report.forces().stream()
                                    .map(p -> new Point(p.part(), p.labelled(), p.predicted()))
                                    .toList()));
        }
    },
    /** Errors of energies over epochs, of every member: training and validation. */
    LEARNING_CURVE {
        @Override
        Optional<String> svg(TrainingReport report, List<EpochErrors> errors) {
            return Optional.of(learning(errors));
        }
    },
    /** Observed over expected errors, by bin. */
    CALIBRATION {
        @Override
        Optional<String> svg(TrainingReport report, List<EpochErrors> errors) {
            return Optional.ofNullable(report.calibration()).map(ReportFigure::calibration);
        }
    };

    private record Point(String part, double labelled, double predicted) {}

    /** As it is called in a path: {@code parity-energy}. */
    static Optional<ReportFigure> of(String name) {
        return Arrays.stream(values()).filter(f -> f.path().equals(name)).findFirst();
    }

    String path() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Empty where the training has nothing of the kind. */
    abstract Optional<String> svg(TrainingReport report, List<EpochErrors> errors);

    private static double[] values(List<Point> points, ToDoubleFunction<Point> of) {
        return points.stream().mapToDouble(of).toArray();
    }

    private static String parity(String what, String unit, List<Point> points) {
        double[] all = points.stream()
                .flatMap(p -> Stream.of(p.labelled, p.predicted))
                .mapToDouble(Double::doubleValue)
                .toArray();
        Plot plot = new Plot(
                what + ", predicted over labelled",
                Plot.Axis.around("labelled (%s)".formatted(unit), all, false),
                Plot.Axis.around("predicted (%s)".formatted(unit), all, false));
        for (String part : List.of(TakenFrames.TRAINING, TakenFrames.VALIDATION, TakenFrames.CALIBRATION)) {
            List<Point> own = points.stream().filter(p -> p.part.equals(part)).toList();
            if (!own.isEmpty()) {
                plot.points(part, values(own, Point::labelled), values(own, Point::predicted));
            }
        }
        return plot.diagonal().svg();
    }

    private static double meV(@Nullable Double energy) {
        return energy == null ? Double.NaN : 1e3 * energy;
    }

    private static String learning(List<EpochErrors> errors) {
        double[] all = errors.stream()
                .flatMap(e -> Stream.of(meV(e.trainingEnergy()), meV(e.validationEnergy())))
                .mapToDouble(Double::doubleValue)
                .toArray();
        double[] epochs = errors.stream().mapToDouble(EpochErrors::epoch).toArray();
        Plot plot = new Plot(
                "Learning curves",
                Plot.Axis.around("epoch", epochs, false),
                Plot.Axis.around("RMSE of the energy (meV/atom)", all, true));
        List<List<Integer>> runs = errors.stream()
                .map(e -> List.of(e.member(), start(e)))
                .distinct()
                .toList();
        for (List<Integer> run : runs) {
            List<EpochErrors> own = errors.stream()
                    .filter(e -> e.member() == run.getFirst() && start(e) == run.getLast())
                    .toList();
            double[] at = own.stream().mapToDouble(EpochErrors::epoch).toArray();
            String name = "member %d%s".formatted(run.getFirst(), run.getLast() == 1 ? "" : ", start " + run.getLast());
            plot.line(
                    name + ", training",
                    at,
                    own.stream().mapToDouble(e -> meV(e.trainingEnergy())).toArray());
            if (own.getFirst().validationEnergy() != null) {
                plot.line(
                        name + ", validation",
                        at,
                        own.stream().mapToDouble(e -> meV(e.validationEnergy())).toArray());
            }
        }
        return plot.svg();
    }

    private static int start(EpochErrors errors) {
        Integer start = errors.start();
        return start == null ? 1 : start;
    }

    private static String calibration(CalibrationDocument calibration) {
        List<BinDocument> energies = calibration.energy().bins();
        @Nullable SpreadDocument force = calibration.force();
        List<BinDocument> forces = force == null ? List.of() : force.bins();
        double[] all = Stream.concat(
                        energies.stream().flatMap(b -> Stream.of(1e3 * b.expected(), 1e3 * b.observed())),
                        forces.stream().flatMap(b -> Stream.of(1e3 * b.expected(), 1e3 * b.observed())))
                .mapToDouble(Double::doubleValue)
                .toArray();
        Plot plot = new Plot(
                        "Calibration of the spread, on frames it never saw",
                        Plot.Axis.around("expected error (meV/atom, meV/Å)", all, true),
                        Plot.Axis.around("observed error (meV/atom, meV/Å)", all, true))
                .points("energy per atom", expected(energies), observed(energies));
        return (forces.isEmpty() ? plot : plot.points("force on an atom", expected(forces), observed(forces)))
                .diagonal()
                .svg();
    }

    private static double[] expected(List<BinDocument> bins) {
        return bins.stream().mapToDouble(b -> 1e3 * b.expected()).toArray();
    }

    private static double[] observed(List<BinDocument> bins) {
        return bins.stream().mapToDouble(b -> 1e3 * b.observed()).toArray();
    }
}
