package org.glassmap.structures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.glassmap.contract.access.Scope;
import org.glassmap.contract.agents.AgentRequest;
import org.glassmap.contract.agents.AgentsApi;
import org.glassmap.contract.agents.ClaimRequest;
import org.glassmap.contract.agents.Lease;
import org.glassmap.contract.agents.LeaseReport;
import org.glassmap.contract.calculations.BatchRequest;
import org.glassmap.contract.calculations.CalculationRequest;
import org.glassmap.contract.calculations.CalculationsApi;
import org.glassmap.contract.datasets.DatasetRequest;
import org.glassmap.contract.datasets.DatasetsApi;
import org.glassmap.support.identity.Caller;
import org.glassmap.support.identity.TokensForTests;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.yaml.snakeyaml.Yaml;

/** Every route of the written document is served, every served one is written, and none shows another project's things. */
class RoutesTest extends ServiceTest {

    private static final Set<String> TAGS =
            Set.of("structures", "methods", "labels", "datasets", "artifacts", "calculations", "agents", "provenance");
    private static final Set<String> VERBS = Set.of("get", "put", "post", "delete", "patch");

    /** Lab-wide by design: which workers there are. */
    private static final String AGENTS = "/v1/agents";

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mapping;

    private record Route(String verb, String path) implements Comparable<Route> {
        @Override
        public int compareTo(Route other) {
            return toString().compareTo(other.toString());
        }

        /** Names of path variables do not matter. */
        Route bare() {
            return new Route(verb, path.replaceAll("\\{[^}]*\\}", "{}"));
        }
    }

    private static List<Route> written() throws IOException {
        List<Route> routes = new ArrayList<>();
        try (InputStream in = RoutesTest.class.getResourceAsStream("/openapi.yaml")) {
            Map<String, Object> document = new Yaml().load(in);
            map(document.get("paths"))
                    .forEach((path, operations) -> map(operations).forEach((verb, operation) -> {
                        if (VERBS.contains(verb)
                                && map(operation).get("tags") instanceof List<?> tags
                                && TAGS.contains(tags.getFirst())) {
                            routes.add(new Route(verb, path));
                        }
                    }));
        }
        return routes;
    }

    /** The fields of an object; none of anything else. */
    private static Map<String, Object> map(@Nullable Object value) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, field) -> fields.put(String.valueOf(key), field));
        }
        return fields;
    }

    private Set<Route> served() {
        Set<Route> routes = new TreeSet<>();
        mapping.getHandlerMethods()
                .keySet()
                .forEach(info -> info.getPatternValues().stream()
                        .filter(path -> path.startsWith("/v1/"))
                        .forEach(path -> info.getMethodsCondition()
                                .getMethods()
                                .forEach(verb ->
                                        routes.add(new Route(verb.name().toLowerCase(Locale.ROOT), path).bare()))));
        return routes;
    }

    @Test
    void theDocumentTellsOfExactlyWhatIsServed() throws Exception {
        Set<Route> written = new TreeSet<>();
        written().forEach(route -> written.add(route.bare()));
        assertThat(written).isEqualTo(served());
    }

    /** One of each in this test's project, by the name of the path variable and the route's resource. */
    private Map<String, String> things() throws Exception {
        Map<String, String> things = new HashMap<>();
        String tag = UUID.randomUUID().toString();
        String structure = structure(0.111);
        String method = vasp("static", Map.of("ENCUT", 400 + Math.random()));
        String batch = client(CalculationsApi.class)
                .postBatch(tag, new BatchRequest(List.of(new CalculationRequest(structure, method)), List.of(tag), 0))
                .id();
        AgentsApi agents =
                client(AgentsApi.class, TokensForTests.of(new Caller("agent-" + tag, null, Set.of(Scope.AGENT))));
        String agent = agents.register(new AgentRequest("walker", List.of(tag), List.of("vasp")))
                .id();
        Lease lease = agents.claim(agent, "k", new ClaimRequest(List.of(), List.of(), 1, null))
                .leases()
                .getFirst();
        agents.report(
                agent,
                lease.id(),
                new LeaseReport(
                        "success",
                        true,
                        1,
                        List.of(new LeaseReport.Step(0, lease.structure(), 1, new double[2][3], null, null)),
                        null,
                        null,
                        List.of(),
                        List.of()));
        String label = Objects.requireNonNull(client(CalculationsApi.class)
                        .get(lease.calculation(), null)
                        .result())
                .labels()
                .getFirst();
        String dataset = client(DatasetsApi.class)
                .post("walked", new DatasetRequest(List.of(label)))
                .id();
        things.put("structures", structure);
        things.put("methods", method);
        things.put("labels", label);
        things.put("datasets", dataset);
        things.put("artifacts", artifact(tag.getBytes(StandardCharsets.UTF_8)));
        things.put("calculations", lease.calculation());
        things.put("batches", batch);
        things.put("agents", agent);
        things.put("provenance", label);
        things.put("{lease}", lease.id());
        return things;
    }

    private String filled(Route route, Map<String, String> things) {
        String path = route.path().replace("{lease}", things.getOrDefault("{lease}", ""));
        return path.replaceAll("\\{[^}]*\\}", things.getOrDefault(path.split("/", -1)[2], ""));
    }

    private HttpResponse<String> send(Route route, String path, String token) throws Exception {
        return http.send(
                HttpRequest.newBuilder(at(path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .method(
                                route.verb().toUpperCase(Locale.ROOT),
                                route.verb().equals("get")
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString("{\"reason\":\"x\",\"labels\":[]}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void noRouteShowsAnotherProjectsThings() throws Exception {
        Map<String, String> things = things();
        String mine = member(project);
        String stranger = member(TokensForTests.newProject());
        for (Route route : written()) {
            String path = filled(route, things);
            boolean reads = route.verb().equals("get");
            HttpResponse<String> theirs = send(route, path, stranger);
            if (route.path().startsWith(AGENTS)) {
                assertThat(theirs.statusCode())
                        .as("%s", route)
                        .isEqualTo(route.equals(new Route("get", AGENTS)) ? 200 : 403);
                continue;
            }
            if (reads) {
                assertThat(send(route, path, mine).statusCode())
                        .as("%s by its owner", route)
                        .isEqualTo(200);
            }
            boolean names = route.path().contains("{");
            if (reads && !names) {
                assertThat(theirs.body()).as("%s", route).contains("\"items\":[]");
            } else if (names
                    && !route.path().endsWith("/versions")
                    && !route.path().equals("/v1/artifacts/{id}")) {
                assertThat(theirs.statusCode())
                        .as("%s: %s", route, theirs.body())
                        .isEqualTo(404);
            } else {
                assertThat(theirs.statusCode())
                        .as("%s: %s", route, theirs.body())
                        .isBetween(400, 499);
            }
            things.values().forEach(id -> {
                if (!path.contains(id)) {
                    assertThat(theirs.body()).as("%s", route).doesNotContain(id);
                }
            });
        }
    }

    @Test
    void withoutATokenNoRouteAnswers() throws Exception {
        Map<String, String> things = things();
        for (Route route : written()) {
            assertThat(send(route, filled(route, things), "none").statusCode())
                    .as("%s", route)
                    .isEqualTo(401);
        }
    }
}
