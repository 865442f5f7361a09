package org.glassmap.standalone.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.glassmap.contract.calculations.BatchRecord;
import org.glassmap.contract.calculations.BatchRequest;
import org.glassmap.contract.calculations.CalculationRecord;
import org.glassmap.contract.calculations.CalculationRequest;
import org.glassmap.contract.calculations.CalculationsApi;
import org.glassmap.contract.campaigns.CampaignPoint;
import org.glassmap.contract.campaigns.CampaignRecord;
import org.glassmap.contract.campaigns.CampaignRequest;
import org.glassmap.contract.campaigns.CampaignRequest.NamedStructure;
import org.glassmap.contract.campaigns.CampaignRequest.Parent;
import org.glassmap.contract.campaigns.CampaignsApi;
import org.glassmap.contract.campaigns.IterationRecord;
import org.glassmap.contract.jobs.JobProgress;
import org.glassmap.contract.jobs.JobState;
import org.glassmap.contract.labels.LabelRecord;
import org.glassmap.contract.labels.LabelsApi;
import org.glassmap.contract.methods.MethodDocument;
import org.glassmap.contract.methods.MethodsApi;
import org.glassmap.contract.pages.Page;
import org.glassmap.contract.phasediagrams.PhaseDiagramRecord;
import org.glassmap.contract.phasediagrams.PhaseDiagramRequest;
import org.glassmap.contract.phasediagrams.PhaseDiagramsApi;
import org.glassmap.contract.structures.ItemOutcome;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.formats.ExtendedXyz;
import org.glassmap.core.formats.Frame;
import org.jspecify.annotations.Nullable;

/** From crystals to the phase diagram of Li2S–P2S5, through the gateway, as a lab would. */
public final class Demo {

    private static final Map<String, String> NAMES = names();

    private static final String TEACHER = "Glassmap's teacher potential, fitted to SevenNet-0 (PBE-like); not DFT";

    private final GatewayClient glassmap;
    private final Console console;
    private final DemoData data;
    private final DemoSettings settings;
    private final long seed;
    private final Path folder;

    /** Of the idempotency keys: each demo is a campaign of its own, what is known is not computed again. */
    private final String run = java.util.UUID.randomUUID().toString();

    /**
     * The whole line, or three compositions of it.
     *
     * @param terminal whether a line may be overwritten
     * @param folder where the three files go; made if it is not there
     */
    public static Demo of(
            GatewayClient glassmap, boolean quick, long seed, Path folder, PrintStream out, boolean terminal) {
        DemoSettings settings = quick ? DemoSettings.quick() : DemoSettings.full();
        return new Demo(glassmap, new Console(out, terminal), settings, seed, folder);
    }

    private Demo(GatewayClient glassmap, Console console, DemoSettings settings, long seed, Path folder) {
        this.glassmap = glassmap;
        this.console = console;
        this.data = DemoData.load();
        this.settings = settings;
        this.seed = seed;
        this.folder = folder;
    }

    private static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("Li2S", "Li2S");
        names.put("P2S5", "P2S5");
        names.put("gamma", "γ-Li3PS4");
        names.put("beta", "β-Li3PS4");
        names.put("Pnma2", "Li3PS4 (Pnma, 2nd)");
        names.put("Li2P2S6", "LiPS3");
        names.put("Li7P3S11", "Li7P3S11");
        names.put("Li7PS6", "Li7PS6");
        return names;
    }

    /** @return the campaign's digest */
    public String run() {
        Crystals crystals = postCrystals();
        Methods methods = postTeacher();
        errorOfTeacher(methods);
        CampaignRecord campaign = campaign(crystals, methods);
        report(campaign, crystals, methods);
        figures(campaign);
        return Objects.requireNonNull(campaign.digest());
    }

    /**
     * @param ids of the structures by their names in {@code data/crystals}
     * @param diagram of their stored labels
     */
    private record Crystals(Map<String, String> ids, PhaseDiagramRecord diagram) {}

    private record Methods(String statics, String relaxation) {}

    private Crystals postCrystals() {
        String stated = glassmap.api(MethodsApi.class)
                .post(new MethodDocument("stated", "static", Map.of("levelOfTheory", "SevenNet-0 (PBE-like)")))
                .id();
        List<ItemOutcome> outcomes = glassmap.postLabels(stated, "crystals.extxyz", text(data.crystals()));
        Map<String, String> ids = new LinkedHashMap<>();
        Map<String, String> names = new LinkedHashMap<>();
        List<String> labels = new ArrayList<>();
        for (int k = 0; k < outcomes.size(); k++) {
            String parent =
                    Objects.requireNonNull(data.crystals().get(k).metadata().get("parent"));
            String id = Objects.requireNonNull(outcomes.get(k).structure());
            ids.put(parent, id);
            names.put(id, nameOf(parent));
            labels.add(Objects.requireNonNull(outcomes.get(k).label()));
        }
        console.line("%d crystals of the line posted with their SevenNet-0 labels", ids.size());
        PhaseDiagramRecord diagram = glassmap.api(PhaseDiagramsApi.class)
                .post(
                        "demo-crystals-" + run,
                        new PhaseDiagramRequest(
                                labels, null, null, null, names, "Crystals of Li2S–P2S5, as stored", null));
        return new Crystals(ids, diagram);
    }

    private Methods postTeacher() {
        String artifact = glassmap.putArtifact(data.teacher());
        MethodsApi methods = glassmap.api(MethodsApi.class);
        String statics = methods.post(new MethodDocument("potential", "static", Map.of("potential", artifact)))
                .id();
        String relaxation = methods.post(new MethodDocument("potential", "cell-relax", Map.of("potential", artifact)))
                .id();
        console.line("the reference method is %s", TEACHER);
        return new Methods(statics, relaxation);
    }

    /** The teacher against the labels of {@code data}, on configurations it was not trained on. */
    private void errorOfTeacher(Methods methods) {
        List<Frame> probes = probes();
        List<String> structures = glassmap.postStructures(text(unlabelled(probes)));
        List<CalculationRecord> calculations = calculated("demo-teacher-" + run, structures, methods.statics());
        double energies = 0;
        double forces = 0;
        long components = 0;
        LabelsApi labels = glassmap.api(LabelsApi.class);
        for (int k = 0; k < probes.size(); k++) {
            Frame probe = probes.get(k);
            LabelRecord answer = labels.get(result(calculations.get(k)).labels().getLast());
            double perAtom = (answer.energy() - probe.energy().orElseThrow())
                    / probe.structure().size();
            energies += perAtom * perAtom;
            double[] stored = probe.forces().orElseThrow();
            double[][] computed = Objects.requireNonNull(answer.forces());
            for (int i = 0; i < stored.length; i++) {
                double difference = computed[i / 3][i % 3] - stored[i];
                forces += difference * difference;
            }
            components += stored.length;
        }
        console.line(
                "teacher against SevenNet-0 on %d frames it never saw: %.1f meV/atom, %.3f eV/Å (RMSE)",
                probes.size(), 1e3 * Math.sqrt(energies / probes.size()), Math.sqrt(forces / components));
    }

    private List<Frame> probes() {
        return IntStream.range(0, data.probes().size())
                .filter(k -> k % settings.probesEvery() == 0)
                .mapToObj(data.probes()::get)
                .toList();
    }

    private CampaignRecord campaign(Crystals crystals, Methods methods) {
        List<Frame> starts = StartingStructures.of(data, settings, seed).stream()
                .map(Frame::of)
                .toList();
        List<String> startIds = glassmap.postStructures(text(starts));
        List<String> probeIds = glassmap.postStructures(text(unlabelled(probes())));
        console.line("%d starting structures posted: crystals scaled and rattled, heated frames", startIds.size());
        CampaignRequest request = new CampaignRequest(
                "demo",
                seed,
                methods.statics(),
                methods.relaxation(),
                startIds,
                List.of(named(crystals, "Li2S"), named(crystals, "P2S5")),
                NAMES.keySet().stream()
                        .filter(name -> !name.equals("Li2S") && !name.equals("P2S5"))
                        .map(name -> named(crystals, name))
                        .toList(),
                settings.parents().stream()
                        .map(name ->
                                new Parent(id(crystals, name), name, settings.minimumAtoms(), settings.maximumAtoms()))
                        .toList(),
                settings.training(),
                settings.iterations(),
                settings.sampling(),
                probeIds);
        CampaignsApi campaigns = glassmap.api(CampaignsApi.class);
        CampaignRecord campaign = campaigns.post("demo-" + run, request);
        console.line("campaign %s", campaign.id());
        int told = 0;
        while (!campaign.state().ended()) {
            told = tell(campaign.iterations(), told);
            console.progress(campaign.progress());
            campaign = campaigns.get(campaign.id(), "1s");
        }
        tell(campaign.iterations(), told);
        if (campaign.state() != JobState.SUCCEEDED) {
            throw new IllegalStateException(
                    campaign.id() + " ended as " + campaign.state() + ": " + campaign.failure());
        }
        return campaign;
    }

    private int tell(List<IterationRecord> iterations, int told) {
        for (IterationRecord iteration : iterations.subList(told, iterations.size())) {
            console.line(
                    "%-12s %5d labels; trained to %.1f meV/atom; on frames never seen %.1f meV/atom, %.3f eV/Å;"
                            + " %d candidates, %d dropped",
                    iteration.name(),
                    iteration.labels(),
                    1e3 * iteration.trainingEnergy(),
                    1e3 * Objects.requireNonNullElse(iteration.probeEnergy(), Double.NaN),
                    Objects.requireNonNullElse(iteration.probeForce(), Double.NaN),
                    iteration.candidates(),
                    iteration.dropped());
        }
        return iterations.size();
    }

    /** Formation energies of the crystals as stored, and the order of γ and β once relaxed. */
    private void report(CampaignRecord campaign, Crystals crystals, Methods methods) {
        List<String> names = List.copyOf(NAMES.keySet());
        List<CalculationRecord> stored = calculated(
                "demo-stored-" + run,
                names.stream().map(name -> id(crystals, name)).toList(),
                methods.statics());
        List<String> labels = stored.stream()
                .map(calculation -> result(calculation).labels().getLast())
                .toList();
        PhaseDiagramRecord teacher = glassmap.api(PhaseDiagramsApi.class)
                .post(
                        "demo-stored-diagram-" + run,
                        new PhaseDiagramRequest(labels, null, null, null, null, null, TEACHER));
        console.line("");
        console.line("formation energies of the stored crystals (meV/atom)   SevenNet-0   teacher");
        for (String name : names) {
            String id = id(crystals, name);
            console.line(
                    "  %-50s %10.1f %9.1f",
                    nameOf(name), 1e3 * formation(crystals.diagram(), id), 1e3 * formation(teacher, id));
        }
        relaxedOrder(glassmap.api(CampaignsApi.class).points(campaign.id()));
    }

    private void relaxedOrder(List<CampaignPoint> points) {
        Map<String, CampaignPoint> named = new LinkedHashMap<>();
        points.stream().filter(point -> point.name() != null).forEach(point -> named.put(point.name(), point));
        CampaignPoint gamma = Objects.requireNonNull(named.get(nameOf("gamma")));
        CampaignPoint beta = Objects.requireNonNull(named.get(nameOf("beta")));
        console.line(
                "β-Li3PS4 lies %.1f meV/atom above γ once relaxed (committee's spread %.1f and %.1f);"
                        + " SevenNet-0: 3.4 relaxed, 7.3 in the symmetric cell",
                1e3 * (energyPerAtom(beta) - energyPerAtom(gamma)),
                1e3 * Objects.requireNonNullElse(beta.spread(), Double.NaN),
                1e3 * Objects.requireNonNullElse(gamma.spread(), Double.NaN));
    }

    private double energyPerAtom(CampaignPoint point) {
        LabelRecord label = glassmap.api(LabelsApi.class).get(point.label());
        return label.energy() / Objects.requireNonNull(label.forces()).length;
    }

    private void figures(CampaignRecord campaign) {
        PhaseDiagramRecord diagram = glassmap.api(PhaseDiagramsApi.class)
                .post(
                        "demo-diagram-" + campaign.id(),
                        new PhaseDiagramRequest(null, null, campaign.id(), null, null, null, TEACHER));
        List<PhaseDiagramRecord.Point> sampled =
                diagram.points().stream().filter(point -> point.name() == null).toList();
        Map<Double, Double> lowest = new java.util.TreeMap<>();
        sampled.forEach(point -> lowest.merge(point.fraction(), point.energyAboveHull(), Math::min));
        console.line("");
        console.line("lowest energy above the hull found per composition (meV/atom)");
        lowest.forEach((x, energy) -> console.line("  x = %.3f  %6.1f", x, 1e3 * energy));
        String path = "/v1/phase-diagrams/" + diagram.id();
        console.line("");
        console.line("%d compositions, %d structures relaxed by the reference method:", lowest.size(), sampled.size());
        write("phase-diagram.svg", glassmap.get(path, "image/svg+xml"));
        write("phase-diagram.png", glassmap.get(path, "image/png"));
        write("phase-diagram.json", glassmap.get(path, "application/json"));
    }

    private void write(String name, byte[] bytes) {
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve(name);
            Files.write(file, bytes);
            console.line("  %s", file.toAbsolutePath().normalize());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + name + " to " + folder, e);
        }
    }

    private List<CalculationRecord> calculated(String key, List<String> structures, String method) {
        CalculationsApi calculations = glassmap.api(CalculationsApi.class);
        List<CalculationRequest> requests = structures.stream()
                .map(structure -> new CalculationRequest(structure, method))
                .toList();
        BatchRecord batch = calculations.postBatch(key, new BatchRequest(requests, null, null));
        while (!batch.ended()) {
            int ended = batch.calculations() - batch.open();
            console.progress(new JobProgress(
                    (double) ended / batch.calculations(),
                    "the reference method labels: %d of %d".formatted(ended, batch.calculations()),
                    null,
                    ended == 0 ? calculations.waitingReason(first(batch)).reason() : null));
            batch = calculations.batch(batch.id(), "1s");
        }
        List<CalculationRecord> all = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Page<CalculationRecord> page = calculations.batchCalculations(batch.id(), cursor, 200);
            all.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);
        return all;
    }

    private String first(BatchRecord batch) {
        return glassmap.api(CalculationsApi.class)
                .batchCalculations(batch.id(), null, 1)
                .items()
                .getFirst()
                .id();
    }

    private static CalculationRecord.CalculationResult result(CalculationRecord calculation) {
        CalculationRecord.@Nullable CalculationResult result = calculation.result();
        if (result == null) {
            throw new IllegalStateException(calculation.id() + " failed: " + calculation.failure());
        }
        return result;
    }

    private static double formation(PhaseDiagramRecord diagram, String structure) {
        return diagram.points().stream()
                .filter(point -> point.structure().equals(structure))
                .min(Comparator.comparingDouble(PhaseDiagramRecord.Point::formationEnergy))
                .orElseThrow()
                .formationEnergy();
    }

    private static NamedStructure named(Crystals crystals, String name) {
        return new NamedStructure(id(crystals, name), nameOf(name));
    }

    private static String nameOf(String crystal) {
        return Objects.requireNonNull(NAMES.get(crystal));
    }

    private static String id(Crystals crystals, String name) {
        return Objects.requireNonNull(crystals.ids().get(name));
    }

    private static List<Frame> unlabelled(List<Frame> frames) {
        return frames.stream()
                .map(Frame::structure)
                .map((Structure s) -> Frame.of(s))
                .toList();
    }

    private static String text(List<Frame> frames) {
        StringBuilder text = new StringBuilder();
        try {
            for (Frame frame : frames) {
                ExtendedXyz.write(frame, text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return text.toString();
    }
}
