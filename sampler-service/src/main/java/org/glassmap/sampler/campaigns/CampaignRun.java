package org.glassmap.sampler.campaigns;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;
import org.glassmap.contract.acceptances.AcceptanceRecord;
import org.glassmap.contract.acceptances.AcceptanceRequest;
import org.glassmap.contract.calculations.BatchRecord;
import org.glassmap.contract.campaigns.CampaignRequest;
import org.glassmap.contract.campaigns.CampaignRequest.NamedStructure;
import org.glassmap.contract.campaigns.IterationRecord;
import org.glassmap.contract.jobs.JobProgress;
import org.glassmap.contract.jobs.JobState;
import org.glassmap.contract.trainings.TrainingRecord;
import org.glassmap.contract.trainings.TrainingRequest;
import org.glassmap.core.analysis.PhaseDiagram;
import org.glassmap.core.analysis.PhaseDiagramSettings;
import org.glassmap.core.analysis.PhaseEntry;
import org.glassmap.core.atoms.Composition;
import org.glassmap.core.atoms.CompositionLine;
import org.glassmap.sampler.campaigns.CampaignRecords.Labelled;
import org.glassmap.sampler.peers.StructureStore;
import org.glassmap.sampler.peers.Trainer;
import org.glassmap.support.ids.Sha256;
import org.glassmap.support.jobs.Job;
import org.jspecify.annotations.Nullable;

/** The script of a campaign, from its top to its end. What has been done before is read from its steps. */
final class CampaignRun {

    private final String id;
    private final CampaignRequest request;
    private final Job job;
    private final CompositionLine line;
    private final Plan plan;
    private final Steps steps;
    private final Progress progress;
    private final StructureStore store;
    private final Trainer trainer;
    private final CampaignRecords records;
    private final ExecutorService threads;
    private final Seeds seeds;
    private final ReferenceMethod reference;

    CampaignRun(
            String id,
            CampaignRequest request,
            Job job,
            Plan plan,
            CompositionLine line,
            Steps steps,
            Progress progress,
            StructureStore store,
            Trainer trainer,
            CampaignRecords records,
            ExecutorService threads) {
        this.id = id;
        this.request = request;
        this.job = job;
        this.plan = plan;
        this.line = line;
        this.steps = steps;
        this.progress = progress;
        this.store = store;
        this.trainer = trainer;
        this.records = records;
        this.threads = threads;
        this.seeds = new Seeds(request.seed());
        this.reference = new ReferenceMethod(store, id, request.staticMethod(), request.relaxationMethod(), this::tell);
    }

    void run() {
        Computed starts = label("start/label", startingStructures());
        Computed relaxed = relaxedCrystals();
        Probes probes = new Probes(label("probes/label", request.probes()), store);
        List<String> labels = new ArrayList<>(starts.labels());
        labels.addAll(relaxed.labels());
        Student student = trained("start", 0, labels, null, probes);
        for (int k = 0; k < plan.walks().size(); k++) {
            Plan.NamedWalk walk = plan.walks().get(k);
            labels.addAll(walk(walk.name(), k).labels(walk.chains(), student));
            student = trained(walk.name(), k + 1, labels, student, probes);
        }
        end(relaxed, labels);
    }

    private List<String> startingStructures() {
        return Stream.concat(
                        request.starts().stream(),
                        Stream.concat(request.endMembers().stream(), request.crystals().stream())
                                .map(NamedStructure::structure))
                .distinct()
                .toList();
    }

    private Computed label(String path, List<String> structures) {
        return steps.once(path, Computed.class, () -> reference.label(path, structures));
    }

    private Computed relaxedCrystals() {
        Map<String, String> names = new HashMap<>();
        List<String> structures = Stream.concat(request.endMembers().stream(), request.crystals().stream())
                .peek(named -> names.put(named.structure(), named.name()))
                .map(NamedStructure::structure)
                .distinct()
                .toList();
        Computed relaxed = steps.once(
                "start/reference",
                Computed.class,
                () -> reference.relax("start/reference", structures),
                output -> records.points(output, names));
        for (Computed.One one : relaxed.all()) {
            if (one.result() == null) {
                throw new IllegalStateException("the reference method could not relax %s, without which there is no"
                                .formatted(names.get(one.asked()))
                        + " hull: " + one.failure());
            }
        }
        return relaxed;
    }

    private Walk walk(String name, int ordinal) {
        return new Walk(
                name,
                ordinal,
                request.sampling(),
                seeds,
                steps,
                store,
                reference,
                records,
                new ChainSearch(request.sampling(), store::post, job::cancelWanted),
                threads);
    }

    private void tell(String path, BatchRecord batch) {
        job.requireNotCancelled();
        int ended = batch.calculations() - batch.open();
        progress.within(
                path, (double) ended / batch.calculations(), "%d of %d".formatted(ended, batch.calculations()), null);
    }

    /** How a job of the potential-service stands that this campaign waits for. */
    private void tell(String path, JobState state, JobProgress of, String detail) {
        job.requireNotCancelled();
        progress.within(
                path,
                of.fraction(),
                detail,
                state == JobState.QUEUED ? "other trainings and acceptances come first" : of.waitingReason());
    }

    private Student trained(String name, int number, List<String> labels, @Nullable Student before, Probes probes) {
        String path = name + "/train";
        List<String> distinct = labels.stream().distinct().toList();
        Trained trained = steps.once(path, Trained.class, () -> train(path, distinct, before), records::trained);
        @Nullable Accepted accepted = accepted(name + "/accept", trained);
        Student student = Student.read(trained, store.artifact(trained.artifact()));
        Probed probed = steps.once(name + "/probe", Probed.class, () -> probes.errorOf(student.potential()));
        steps.once(
                name + "/record",
                IterationRecord.class,
                () -> records.iteration(name, trained, accepted, probed),
                record -> records.keep(number, record));
        return student;
    }

    /**
     * @return null where none was asked for
     * @throws IllegalStateException if a part fails and it is not forced
     */
    private @Nullable Accepted accepted(String path, Trained trained) {
        CampaignRequest.@Nullable Acceptance asked = request.acceptance();
        if (asked == null) {
            return null;
        }
        Accepted accepted = steps.once(path, Accepted.class, () -> accept(path, trained, asked));
        accepted.require(trained.potential(), Boolean.TRUE.equals(asked.force()));
        return accepted;
    }

    private Accepted accept(String path, Trained trained, CampaignRequest.Acceptance asked) {
        List<AcceptanceRequest.Crystal> crystals = Stream.concat(
                        request.endMembers().stream(), request.crystals().stream())
                .distinct()
                .map(named -> new AcceptanceRequest.Crystal(named.structure(), named.name(), null))
                .toList();
        AcceptanceRequest acceptance =
                new AcceptanceRequest(trained.potential(), crystals, trained.dataset(), asked.settings());
        AcceptanceRecord ended = trainer.accept(
                id + "/" + path,
                acceptance,
                running -> tell(
                        path,
                        running.state(),
                        running.progress(),
                        running.progress().phase()));
        return new Accepted(ended.id(), ended.failed());
    }

    private Trained train(String path, List<String> labels, @Nullable Student before) {
        var dataset = store.dataset("campaign-" + id.substring(id.length() - 12), labels);
        CampaignRequest.TrainingSettings settings = request.training();
        TrainingRequest training = new TrainingRequest(
                dataset.id(),
                settings.members(),
                seeds.of(path),
                settings.descriptor(),
                settings.hiddenLayers(),
                settings.loss(),
                before == null ? settings.epochs() : settings.retrainingEpochs(),
                settings.learningRate(),
                null,
                settings.repulsion(),
                before == null ? null : before.trained().potential(),
                settings.optimiser(),
                null,
                null,
                null,
                null);
        TrainingRecord ended = trainer.train(
                id + "/" + path,
                training,
                running -> tell(
                        path,
                        running.state(),
                        running.progress(),
                        "%d labels, %s"
                                .formatted(dataset.labels(), running.progress().phase())));
        String potential = Objects.requireNonNull(ended.potential(), "a training that succeeded has a potential");
        double energy = ended.errors().stream()
                .mapToDouble(TrainingRecord.EpochErrors::trainingEnergy)
                .average()
                .orElseThrow();
        @Nullable
        Double force = ended.errors().stream().allMatch(errors -> errors.trainingForce() != null)
                ? ended.errors().stream()
                        .mapToDouble(errors -> Objects.requireNonNull(errors.trainingForce()))
                        .average()
                        .orElseThrow()
                : null;
        String artifact = trainer.potential(potential).artifact();
        return new Trained(ended.id(), dataset.id(), dataset.labels(), potential, artifact, energy, force);
    }

    /** Energies above the hull of what the reference method has relaxed, and the digest of all physics. */
    private void end(Computed relaxedCrystals, List<String> labels) {
        steps.once("end/digest", String.class, () -> digest(labels), digest -> {
            records.aboveHull(hull(relaxedCrystals), labelled());
            records.ended(digest);
        });
    }

    private PhaseDiagram hull(Computed relaxedCrystals) {
        List<PhaseEntry> entries = relaxedCrystals.all().stream()
                .map(one -> Objects.requireNonNull(one.result()))
                .map(result -> new PhaseEntry(
                        result.finalStructure(),
                        store.structure(result.finalStructure()).composition(),
                        result.energy()))
                .toList();
        return PhaseDiagram.of(line, entries, PhaseDiagramSettings.DEFAULT);
    }

    private Map<String, Labelled> labelled() {
        Map<String, Labelled> energies = new HashMap<>();
        for (String path : plan.weights().keySet()) {
            if (path.contains("/front-") && path.endsWith("/label")) {
                remember(path, energies);
            }
        }
        return energies;
    }

    private void remember(String path, Map<String, Labelled> energies) {
        Optional<Computed> computed = steps.remembered(path, Computed.class);
        for (Computed.One one : computed.map(Computed::all).orElse(List.of())) {
            @Nullable String label = one.label();
            if (label != null && one.result() != null) {
                Composition composition = store.structure(one.asked()).composition();
                energies.put(label, new Labelled(composition, one.result().energy()));
            }
        }
    }

    /** Sha-256 over labels, potentials and points, each by its content. */
    private String digest(List<String> labels) {
        StringBuilder physics = new StringBuilder("glassmap-campaign-1\n");
        labels.stream()
                .distinct()
                .sorted()
                .forEach(label -> physics.append(label).append('\n'));
        records.potentials().forEach(potential -> physics.append(potential).append('\n'));
        records.pointLabels().forEach(point -> physics.append(point).append('\n'));
        return Sha256.of(physics.toString().getBytes(StandardCharsets.UTF_8));
    }
}
