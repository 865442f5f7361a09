package org.glassmap.potentials.acceptances;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.glassmap.contract.acceptances.AcceptanceRecord;
import org.glassmap.contract.acceptances.AcceptanceRequest;
import org.glassmap.contract.jobs.JobProgress;
import org.glassmap.core.analysis.Acceptance;
import org.glassmap.core.analysis.AcceptanceCrystal;
import org.glassmap.core.analysis.AcceptancePart;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.learning.ExtrapolationGrade;
import org.glassmap.core.learning.Kernel;
import org.glassmap.core.learning.PotentialDocument;
import org.glassmap.potentials.peers.Peers;
import org.glassmap.potentials.peers.StructureStore;
import org.glassmap.potentials.potentials.Grades;
import org.glassmap.potentials.potentials.Potentials;
import org.glassmap.support.jobs.Job;
import org.glassmap.support.jobs.JobBody;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Carries out an acceptance, part by part; what a runner had done before it was lost is not done again. */
@Component
class AcceptanceJob implements JobBody {

    static final String KIND = "acceptance";

    private final AcceptanceStore store;
    private final Potentials potentials;
    private final Grades grades;
    private final Peers peers;
    private final JsonMapper json;

    AcceptanceJob(AcceptanceStore store, Potentials potentials, Grades grades, Peers peers, JsonMapper json) {
        this.store = store;
        this.potentials = potentials;
        this.grades = grades;
        this.peers = peers;
        this.json = json;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** Labelled structures of a dataset. */
    private record Labels(List<Structure> structures, List<Double> energies) {}

    @Override
    public void run(Job job) {
        AcceptanceRow row = store.require(job.id());
        AcceptanceRequest request = json.readValue(row.request(), AcceptanceRequest.class);
        job.progress(new JobProgress(0, "reads crystals and labels", null, null));
        StructureStore structures = peers.structureStore(row.project(), row.maker());
        Labels labels = labels(structures, request.dataset());
        Potentials.Graded graded = potentials.graded(row.project(), row.maker(), request.potential());
        Optional<ExtrapolationGrade> grade = graded.grade().or(() -> made(job, row, request, graded, labels));
        Acceptance acceptance = new Acceptance(
                graded.potential().by(kernel(job, row)),
                grade,
                crystals(structures, request, labels),
                AcceptancePlan.settings(request.settings()));
        List<AcceptanceRecord.Part> parts = carryOut(job, acceptance.tasks());
        boolean passed = parts.stream().allMatch(AcceptanceRecord.Part::passed);
        job.write(() -> {
            store.ended(job.id(), passed, json.writeValueAsString(parts));
            return passed;
        });
    }

    /**
     * The first runner writes down by which it computes; whoever goes on computes by the same.
     *
     * @throws IllegalArgumentException if this machine does not have it
     */
    private Kernel kernel(Job job, AcceptanceRow row) {
        @Nullable String begunWith = row.kernel();
        if (begunWith != null) {
            return Kernel.require(begunWith);
        }
        Kernel kernel = Kernel.best();
        if (job.checkpoint().isEmpty()) {
            job.write(() -> {
                store.began(row.id(), kernel.id());
                return kernel;
            });
        }
        return kernel;
    }

    private List<AcceptanceRecord.Part> carryOut(Job job, List<Acceptance.Task> tasks) {
        List<AcceptanceRecord.Part> parts = new ArrayList<>(job.checkpoint()
                .map(bytes -> json.readValue(bytes, new TypeReference<List<AcceptanceRecord.Part>>() {}))
                .orElse(List.of()));
        while (parts.size() < tasks.size()) {
            Acceptance.Task task = tasks.get(parts.size());
            job.requireNotCancelled();
            job.progress(new JobProgress(
                    (double) parts.size() / tasks.size(),
                    "%s, %s".formatted(word(task.kind()), task.subject()),
                    null,
                    null));
            AcceptanceRecord.Part part = wire(task.run());
            parts.add(part);
            job.write(() -> {
                job.checkpoint(json.writeValueAsBytes(parts));
                job.event("part", part);
                return part;
            });
        }
        return parts;
    }

    /** A grade for a potential without one, where the labels can give it. */
    private Optional<ExtrapolationGrade> made(
            Job job, AcceptanceRow row, AcceptanceRequest request, Potentials.Graded graded, Labels labels) {
        @Nullable String dataset = request.dataset();
        if (dataset == null) {
            return Optional.empty();
        }
        job.progress(new JobProgress(0, "chooses the environments of the extrapolation grade", null, null));
        PotentialDocument document = PotentialDocument.of(graded.potential());
        Optional<Grades.Filed> filed = grades.file(row.project(), row.maker(), document, labels.structures);
        filed.ifPresent(grade -> job.write(() -> {
            grades.keep(row.project(), document, dataset, grade);
            return grade;
        }));
        return filed.map(grade -> grade.outcome().grade());
    }

    private static List<AcceptanceCrystal> crystals(
            StructureStore structures, AcceptanceRequest request, Labels labels) {
        return request.crystals().stream()
                .map(crystal -> new AcceptanceCrystal(
                                crystal.name(),
                                structures.structure(crystal.structure()),
                                List.of(),
                                Boolean.TRUE.equals(crystal.stable()))
                        .withLabels(labels.structures, labels.energies))
                .toList();
    }

    private static Labels labels(StructureStore structures, @Nullable String dataset) {
        Labels labels = new Labels(new ArrayList<>(), new ArrayList<>());
        if (dataset != null) {
            structures.eachFrame(dataset, frame -> {
                labels.structures.add(frame.structure());
                labels.energies.add(frame.energy().orElseThrow());
            });
        }
        return labels;
    }

    private static String word(AcceptancePart.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Numbers that are not finite have no place in JSON: the finding tells of them. */
    private static AcceptanceRecord.Part wire(AcceptancePart part) {
        return new AcceptanceRecord.Part(
                word(part.kind()),
                part.subject(),
                part.passed(),
                part.finding(),
                part.quantities().stream()
                        .filter(quantity -> Double.isFinite(quantity.value()))
                        .map(quantity ->
                                new AcceptanceRecord.Quantity(quantity.name(), quantity.value(), quantity.unit()))
                        .toList(),
                part.curves().stream().map(AcceptanceJob::wire).toList(),
                part.grade().isPresent() ? part.grade().getAsDouble() : null);
    }

    private static AcceptanceRecord.Curve wire(AcceptancePart.Curve curve) {
        List<double[]> points = new ArrayList<>();
        for (int k = 0; k < curve.xs().length; k++) {
            if (Double.isFinite(curve.ys()[k])) {
                points.add(new double[] {curve.xs()[k], curve.ys()[k]});
            }
        }
        return new AcceptanceRecord.Curve(curve.x(), curve.y(), points);
    }
}
