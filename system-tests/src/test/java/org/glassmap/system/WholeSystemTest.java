package org.glassmap.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.glassmap.core.learning.Activation;
import org.glassmap.core.learning.Kernel;
import org.glassmap.core.learning.NetworkPotential;
import org.glassmap.core.learning.PotentialDocument;
import org.glassmap.core.learning.SamplePotentials;
import org.glassmap.core.learning.WeightedChebyshev;
import org.glassmap.standalone.demo.Demo;
import org.glassmap.standalone.demo.GatewayClient;
import org.glassmap.system.ApiDocument.Operation;
import org.glassmap.system.Door.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** From crystals to a phase diagram through every service; then every route of the API document is walked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WholeSystemTest {

    /** Served, but no part of the API: the document itself, its page and the ways to it, and what services alone may ask. */
    private static final Set<String> BESIDE_THE_API = Set.of(
            "GET /openapi.yaml",
            "GET /",
            "GET /docs",
            "GET /docs/",
            "GET /internal/keys",
            "POST /internal/token-exchange");

    private static final String NEVER_MADE = "0123456789abcdef0123456789abcdef";

    private Path folder;
    private WholeSystem system;
    private Door lab;
    private Door others;
    private Door agent;
    private String digest;

    /** Of the lab's project, by the name of the path's parameter, or kind. */
    private final Map<String, String> ids = new LinkedHashMap<>();

    @BeforeAll
    void theQuickDemoHasRun(@TempDir Path folder) throws Exception {
        this.folder = folder;
        system = WholeSystem.started(folder);
        GatewayClient glassmap = new GatewayClient(system.address(), system.adminToken());
        digest = Demo.of(glassmap, true, 1, folder.resolve("out"), System.out, false)
                .run();
        Door admin = new Door(system.address(), system.adminToken());
        String project = admin.get("/v1/projects").at("/0/name");
        admin.post("/v1/projects", "{\"name\": \"others\"}").json();
        lab = new Door(system.address(), token(admin, "one", "read\", \"write", project));
        others = new Door(system.address(), token(admin, "other", "read\", \"write", "others"));
        agent = new Door(
                system.address(),
                Files.readString(folder.resolve("agent-token")).strip());
        collectIds(admin, project);
    }

    private static String token(Door admin, String user, String scopes, String project) throws Exception {
        return admin.post(
                        "/v1/tokens",
                        "{\"user\": \"%s\", \"scopes\": [\"%s\"], \"projects\": [\"%s\"]}"
                                .formatted(user, scopes, project))
                .at("/secret");
    }

    private void collectIds(Door admin, String project) throws Exception {
        ids.put("project", admin.get("/v1/projects/" + project).at("/id"));
        ids.put("user", "one");
        ids.put("token", admin.get("/v1/tokens").at("/0/id"));
        for (String kind : List.of("structures", "methods", "labels", "datasets", "trainings", "potentials")) {
            ids.put(kind, lab.get("/v1/" + kind + "?limit=1").at("/items/0/id"));
        }
        ids.put("dataset", ids.get("datasets"));
        ids.put("training", ids.get("trainings"));
        ids.put("potential", ids.get("potentials"));
        ids.put("campaign", lab.get("/v1/campaigns").at("/items/0/id"));
        ids.put("diagram", lab.get("/v1/phase-diagrams").at("/items/0/id"));
        ids.put("artifacts", lab.get("/v1/potentials?limit=1").at("/items/0/artifact"));
        String point =
                lab.get("/v1/campaigns/" + ids.get("campaign") + "/points").at("/0/calculation");
        ids.put("calculations", point);
        ids.put("structures", lab.get("/v1/calculations/" + point).at("/structure"));
        ids.put("methods", lab.get("/v1/calculations/" + point).at("/method"));
        ids.put("provenance", ids.get("labels"));
        ids.put("batches", lab.post("/v1/batches", calculations()).at("/id"));
        ids.put("agents", lab.get("/v1/agents").at("/0/id"));
        ids.put("lease", "lease-" + NEVER_MADE);
        ids.put("acceptance", lab.post("/v1/acceptances", acceptance()).at("/id"));
        ids.put("proposal", lab.post("/v1/proposals", proposal()).at("/id"));
        ids.put("files", aenetPotential());
        ids.put("figure", "parity-energy");
        assertThat(ids.values()).doesNotContain("").doesNotContainNull();
    }

    private String acceptance() {
        return "{\"potential\": \"%s\", \"crystals\": [{\"structure\": \"%s\", \"name\": \"one\"}], \"settings\": {\"time\": 1}}"
                .formatted(ids.get("potential"), ids.get("structures"));
    }

    private String proposal() {
        return "{\"dataset\": \"%s\", \"frames\": 8, \"epochs\": 1}".formatted(ids.get("dataset"));
    }

    /** One that ænet has files for: the demo's stand on a repulsion. */
    private String aenetPotential() throws Exception {
        NetworkPotential potential = SamplePotentials.random(
                new WeightedChebyshev(5, 4, 3, 2, SamplePotentials.LPS), List.of(4), Activation.TANH, 1);
        return lab.send(
                        "POST",
                        "/v1/potentials",
                        "application/octet-stream",
                        PotentialDocument.of(potential).bytes())
                .at("/id");
    }

    private String calculations() {
        return "{\"calculations\": [" + calculation() + "]}";
    }

    private String calculation() {
        return "{\"structure\": \"%s\", \"method\": \"%s\"}".formatted(ids.get("structures"), ids.get("methods"));
    }

    @AfterAll
    void stop() {
        if (system != null) {
            system.close();
        }
    }

    @Test
    void threeFilesComeOutOfCrystals() throws Exception {
        assertThat(digest).hasSize(64);
        assertThat(Files.readString(folder.resolve("out/phase-diagram.svg"))).contains("<svg");
        assertThat(Files.size(folder.resolve("out/phase-diagram.png"))).isGreaterThan(10_000);
        assertThat(Files.readString(folder.resolve("out/phase-diagram.json"))).contains("\"hull\"");
    }

    /** Trained for a single epoch it is no potential. The campaign says what it waits for, and ends with the parts named. */
    @Test
    void aCampaignEndsWhereItsPotentialIsNotAccepted() throws Exception {
        Set<String> phases = new TreeSet<>();
        JsonNode campaign = endedCampaign(false, phases);
        assertThat(campaign.get("state").asString()).isEqualTo("failed");
        assertThat(phases).anyMatch(phase -> phase.startsWith("start: puts the potential to the test"));
        assertThat(steps(campaign)).contains("start/accept").doesNotContain("start/probe");
        String potential = campaign.get("potential").asString();
        JsonNode carried = lab.get("/v1/potentials/" + potential).json().get("acceptance");
        assertThat(carried.get("passed").asBoolean()).isFalse();
        assertThat(carried.get("failed")).isNotEmpty();
        assertThat(campaign.get("failure").asString())
                .startsWith(potential + " is not accepted (" + carried.get("id").asString() + "): ")
                .contains(carried.get("failed").get(0).asString());
    }

    @Test
    void aForcedCampaignGoesOnAndEachIterationNamesWhatFailed() throws Exception {
        JsonNode campaign = endedCampaign(true, new TreeSet<>());
        assertThat(campaign.path("failure").asString("")).isEmpty();
        assertThat(campaign.get("state").asString()).isEqualTo("succeeded");
        assertThat(steps(campaign)).containsSubsequence("start/train", "start/accept", "start/probe", "sweep/accept");
        assertThat(campaign.get("iterations")).hasSize(3);
        for (JsonNode iteration : campaign.get("iterations")) {
            String potential = iteration.get("potential").asString();
            JsonNode acceptance = iteration.get("acceptance");
            assertThat(acceptance)
                    .isEqualTo(lab.get("/v1/potentials/" + potential).json().get("acceptance"));
            assertThat(acceptance.get("failed")).isNotEmpty();
            assertThat(lab.get("/v1/acceptances/" + acceptance.get("id").asString())
                            .at("/potential"))
                    .isEqualTo(potential);
        }
    }

    /** The acceptance goes with its campaign: nobody else waits for it, and others wait behind it. */
    @Test
    void aCancelledCampaignCancelsItsAcceptance() throws Exception {
        ObjectNode request = smallCampaign(true);
        ArrayNode temperatures = ((ObjectNode) request.at("/acceptance/settings"))
                .put("time", 5_000)
                .putArray("temperatures");
        IntStream.rangeClosed(1, 10).forEach(k -> temperatures.add(100 * k));
        String id = lab.post("/v1/campaigns", request.toString()).at("/id");
        while (!lab.get("/v1/campaigns/" + id)
                .at("/progress/phase")
                .startsWith("start: puts the potential to the test: ")) {
            Thread.sleep(50);
        }
        String acceptance = lab.get("/v1/acceptances?limit=1").at("/items/0/id");
        lab.post("/v1/campaigns/" + id + "/cancel", "").json();
        assertThat(lab.get("/v1/campaigns/" + id + "?wait=25s").at("/state")).isEqualTo("cancelled");
        assertThat(lab.get("/v1/acceptances/" + acceptance + "?wait=25s").at("/state"))
                .isEqualTo("cancelled");
    }

    private JsonNode endedCampaign(boolean force, Set<String> phases) throws Exception {
        String id = lab.post("/v1/campaigns", smallCampaign(force).toString()).at("/id");
        JsonNode campaign;
        do {
            Thread.sleep(50);
            campaign = lab.get("/v1/campaigns/" + id).json();
            phases.add(campaign.at("/progress/phase").asString());
        } while (Set.of("queued", "running").contains(campaign.get("state").asString()));
        return campaign;
    }

    /** The quick demo's, with one chain of one step, and potentials that nobody trained to the end. */
    private ObjectNode smallCampaign(boolean force) throws Exception {
        ObjectNode request = (ObjectNode)
                lab.get("/v1/campaigns/" + ids.get("campaign")).json().get("request");
        request.putArray("crystals");
        ((ObjectNode) request.get("training")).put("epochs", 1).put("retrainingEpochs", 1);
        ((ObjectNode) request.get("sampling"))
                .put("maximumSteps", 1)
                .put("evaluations", 40)
                .put("screened", 4);
        ObjectNode acceptance = request.putObject("acceptance").put("force", force);
        acceptance
                .putObject("settings")
                .put("time", 20)
                .put("leastAtoms", 24)
                .putArray("temperatures")
                .add(300);
        return request;
    }

    private List<String> steps(JsonNode campaign) throws Exception {
        List<String> steps = new ArrayList<>();
        lab.get("/v1/campaigns/" + campaign.get("id").asString() + "/steps")
                .json()
                .forEach(step -> steps.add(step.get("path").asString()));
        return steps;
    }

    @Test
    void everyCandidateAndEveryErrorOnProbesTellsItsKernel() throws Exception {
        String campaign = "/v1/campaigns/" + ids.get("campaign");
        JsonNode candidates = lab.get(campaign + "/candidates").json().get("items");
        assertThat(candidates).isNotEmpty();
        assertThat(candidates)
                .allSatisfy(candidate -> assertThat(candidate.path("kernel").asString(""))
                        .isEqualTo(Kernel.best().id()));
        assertThat(lab.get(campaign + "/iterations").json())
                .hasSize(3)
                .allSatisfy(iteration -> assertThat(iteration.path("kernel").asString(""))
                        .isEqualTo(Kernel.best().id()));
    }

    @Test
    void whatIsServedIsDocumentedAndWhatIsDocumentedIsServed() {
        Set<String> documented = new TreeSet<>();
        ApiDocument.operations().forEach(operation -> documented.add(operation.route()));
        Set<String> served = new TreeSet<>();
        for (String route : system.routes()) {
            String nameless = route.replaceAll("\\{[^}]*}", "{}");
            if (!BESIDE_THE_API.contains(nameless)) {
                served.add(nameless);
            }
        }
        assertThat(served).isEqualTo(documented);
    }

    @Test
    void everyOperationHasATagThatIsDescribed() {
        assertThat(ApiDocument.operations()).extracting(Operation::tag).isSubsetOf(ApiDocument.tags());
        assertThat(ApiDocument.operations()).extracting(Operation::id).doesNotHaveDuplicates();
    }

    /** The control: the same routes, with the same ids, answer those whose they are. */
    @Test
    void theProjectsOwnTokenReadsEveryRoute() throws Exception {
        Door admin = new Door(system.address(), system.adminToken());
        List<String> failures = new ArrayList<>();
        for (Operation operation : ApiDocument.operations()) {
            if (operation.verb().equals("GET")) {
                Door door = operation.path().startsWith("/v1/agents/")
                        ? agent
                        : operation.path().startsWith("/v1/tokens") ? admin : lab;
                Answer answer = door.get(filled(operation.path()));
                if (answer.status() != 200) {
                    failures.add(operation.route() + " answers " + answer);
                }
            }
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void anotherProjectsTokenReadsNothing() throws Exception {
        List<String> failures = new ArrayList<>();
        for (Operation operation : ApiDocument.operations()) {
            for (Attempt attempt : attempts(operation)) {
                Answer answer = others.send(operation.verb(), attempt.path(), attempt.type(), attempt.body());
                String fault = fault(operation, attempt, answer);
                if (fault != null) {
                    failures.add(operation.route() + " " + fault + ": " + answer);
                }
            }
        }
        assertThat(failures).isEmpty();
    }

    /** What a worker does; contents it may read where its leases name them, and this one holds none just now. */
    private static final Set<String> OF_AGENTS = Set.of(
            "POST /v1/agents",
            "POST /v1/agents/{}/claims",
            "POST /v1/agents/{}/heartbeat",
            "PUT /v1/agents/{}/reports/{}",
            "GET /v1/agents/{}/leases",
            "PUT /v1/artifacts/{}");

    private static final Set<String> NAMED_BY_LEASES =
            Set.of("GET /v1/structures/{}", "GET /v1/methods/{}", "GET /v1/artifacts/{}");

    private static final Set<String> OF_ANYBODY = Set.of("GET /health", "GET /v1/me");

    @Test
    void anAgentsTokenOpensWhatAgentsNeedAndNothingElse() throws Exception {
        List<String> failures = new ArrayList<>();
        Set<String> walked = new TreeSet<>();
        for (Operation operation : ApiDocument.operations()) {
            walked.add(operation.route());
            if (OF_AGENTS.contains(operation.route()) || OF_ANYBODY.contains(operation.route())) {
                continue;
            }
            List<Attempt> attempts = new ArrayList<>(attempts(operation));
            attempts.add(new Attempt(filled(operation.path()), "application/json", "{}"));
            boolean content = NAMED_BY_LEASES.contains(operation.route()); // 404: it may be there or not
            for (Attempt attempt : attempts) {
                Answer answer = agent.send(operation.verb(), attempt.path(), attempt.type(), attempt.body());
                if (answer.status() != 403 && !(content && answer.status() == 404)) {
                    failures.add(operation.route() + " " + attempt.path() + " answers " + answer);
                }
            }
        }
        assertThat(failures).isEmpty();
        assertThat(walked).containsAll(OF_AGENTS).containsAll(NAMED_BY_LEASES).containsAll(OF_ANYBODY);
    }

    /** One try to get at what is not one's own. */
    private record Attempt(String path, String type, String body) {}

    private List<Attempt> attempts(Operation operation) throws Exception {
        String path = filled(operation.path());
        if (operation.path().contains("{")
                && !operation.verb().equals("GET")
                && bodies(operation).isEmpty()) {
            return List.of(
                    new Attempt(path, "application/json", operation.verb().equals("POST") ? "{}" : ""));
        }
        if (operation.verb().equals("GET")) {
            List<Attempt> attempts = new ArrayList<>(List.of(new Attempt(path, "application/json", "")));
            // Naming the project does not help one whose token is not good for it.
            attempts.add(new Attempt(path + "?project=" + ids.get("project"), "application/json", ""));
            if (operation.path().contains("{dataset}")) {
                String name = lab.get("/v1/datasets/" + ids.get("dataset")).at("/name");
                attempts.add(new Attempt(path.replace(ids.get("dataset"), name), "application/json", ""));
            }
            return attempts;
        }
        return bodies(operation);
    }

    /** Bodies that name what belongs to the lab's project; none for operations that cannot name anything. */
    private List<Attempt> bodies(Operation operation) throws Exception {
        String path = filled(operation.path());
        String label = ids.get("labels");
        return switch (operation.id()) {
            case "postTraining" -> json(path, "{\"dataset\": \"%s\", \"seed\": 1}".formatted(ids.get("dataset")));
            case "predict" -> json(path, "{\"structureIds\": [\"%s\"]}".formatted(ids.get("structures")));
            case "postAcceptance" -> json(path, acceptance());
            case "postProposal" -> json(path, proposal());
            case "compare" -> json(path, "{\"dataset\": \"%s\"}".formatted(ids.get("dataset")));
            case "postDatasetVersion" -> json("/v1/datasets/taken/versions", "{\"labels\": [\"%s\"]}".formatted(label));
            case "postCalculation" -> json(path, calculation());
            case "postBatch" -> json(path, calculations());
            case "postCampaign" ->
                json(
                        path,
                        lab.get("/v1/campaigns/" + ids.get("campaign"))
                                .json()
                                .get("request")
                                .toString());
            case "postPhaseDiagram" ->
                List.of(
                        new Attempt(path, "application/json", "{\"labels\": [\"%s\"]}".formatted(label)),
                        new Attempt(path, "application/json", "{\"dataset\": \"%s\"}".formatted(ids.get("dataset"))),
                        new Attempt(path, "application/json", "{\"campaign\": \"%s\"}".formatted(ids.get("campaign"))));
            case "postLabels" ->
                List.of(new Attempt(
                        path + "?method=" + ids.get("methods"),
                        "application/x-ndjson",
                        "{\"structure\": {\"species\": [\"Li\"], \"positions\": [[0, 0, 0]]}, \"energy\": 0}\n"));
            case "postMethod" ->
                json(
                        path,
                        "{\"engine\": \"potential\", \"kind\": \"static\", \"settings\": {\"potential\": \"%s\"}}"
                                .formatted(ids.get("artifacts")));
            case "createProject" -> json(path, "{\"name\": \"third\"}");
            case "createToken" ->
                json(
                        path,
                        "{\"user\": \"me\", \"scopes\": [\"read\"], \"projects\": [\"%s\"]}"
                                .formatted(ids.get("project")));
            default -> List.of();
        };
    }

    private static List<Attempt> json(String path, String body) {
        return List.of(new Attempt(path, "application/json", body));
    }

    /** What is wrong with an answer to somebody else; null if it gives nothing away. */
    private String fault(Operation operation, Attempt attempt, Answer answer) {
        if (answer.status() == 401 || answer.status() >= 500) {
            return "does not tell whether the token may";
        }
        for (Map.Entry<String, String> known : ids.entrySet()) {
            String id = known.getValue();
            boolean told = answer.body().contains(id)
                    && !attempt.path().contains(id)
                    && !attempt.body().contains(id);
            if (told && id.length() > 20 && !known.getKey().equals("agents")) { // agents work for every project
                return "tells of " + id;
            }
        }
        boolean refused = answer.status() >= 400;
        boolean namesOthers = operation.path().contains("{") || !attempt.body().isEmpty();
        if (namesOthers && !refused) {
            return "is not refused";
        }
        boolean listing = answer.body().contains("\"items\"");
        if (listing && !answer.body().contains("\"items\":[]")) {
            return "lists something";
        }
        return null;
    }

    private String filled(String path) {
        if (path.endsWith("{potential}/files")) {
            return "/v1/potentials/" + ids.get("files") + "/files";
        }
        String kind = path.split("/").length > 2 ? path.split("/")[2] : "";
        Matcher parameter = Pattern.compile("\\{([^}]*)}").matcher(path);
        return parameter.replaceAll(
                match -> Matcher.quoteReplacement(ids.getOrDefault(match.group(1), ids.getOrDefault(kind, "nothing"))));
    }

    /** Bytes count, not characters: a file's hash is no secret, its bytes are. */
    @Test
    void aHashAloneOpensNoFile() throws Exception {
        String artifact = ids.get("artifacts");
        String hash = artifact.replace("artifact-", "");
        byte[] guess = "not these bytes".getBytes(StandardCharsets.UTF_8);
        assertThat(others.send("PUT", "/v1/artifacts/" + hash, "application/octet-stream", guess)
                        .status())
                .isEqualTo(422);
        assertThat(others.get("/v1/artifacts/" + artifact).status()).isEqualTo(404);
    }

    /** As papers publish their training sets; this JVM holds all servers and the sender. */
    @Test
    void anArchiveOfThousandsOfXsfFilesGoesInWithoutBeingHeld() throws Exception {
        int members = 5_000;
        String method = lab.post(
                        "/v1/methods",
                        "{\"engine\": \"stated\", \"kind\": \"static\", \"settings\": {\"levelOfTheory\": \"of an archive\"}}")
                .at("/id");
        AtomicLong most = new AtomicLong();
        long before = usedMemory();
        InputStream watched = new FilterInputStream(XsfSet.tar(members)) {
            private int reads;

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                if (++reads % 1_000 == 0) {
                    most.accumulateAndGet(usedMemory(), Math::max);
                }
                return super.read(into, offset, length);
            }
        };
        HttpResponse<String> answer;
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            answer = http.send(
                    HttpRequest.newBuilder(system.address().resolve("/v1/labels?method=" + method + "&name=archive"))
                            .header("Authorization", "Bearer " + lab.token())
                            .header("Content-Type", "application/x-tar")
                            .POST(HttpRequest.BodyPublishers.ofInputStream(() -> watched))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
        List<String> lines = answer.body().lines().toList();
        assertThat(lines).as(answer.body().substring(0, 200)).hasSize(members);
        assertThat(lines.stream().filter(line -> line.contains("\"inserted\""))).hasSize(members - 5);
        assertThat(lines.get(999))
                .contains("\"entry\":\"set/structure-00999.xsf\"")
                .contains("energy is missing");
        assertThat(most.get() - before).isLessThan(150 << 20);
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
