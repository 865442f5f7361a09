package org.glassmap.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** {@code docker-compose.yml} and {@code k8s/} say the same, and only what the servers understand. */
class ManifestsTest {

    private static final Set<String> SERVERS =
            Set.of("gateway", "structure-service", "potential-service", "sampler-service", "analysis-service");

    /** What may be set from outside; the six processes' test starts the servers with all of these. */
    private static final Set<String> PROPERTIES = Set.of(
            "glassmap.address",
            "glassmap.database.url",
            "glassmap.database.password",
            "glassmap.identity.gateway",
            "glassmap.identity.secret",
            "glassmap.services.structure",
            "glassmap.services.potential",
            "glassmap.services.sampler",
            "glassmap.services.analysis",
            "glassmap.access.admin-token",
            "glassmap.access.inner-address",
            "glassmap.access.service-secrets.potential-service",
            "glassmap.access.service-secrets.sampler-service",
            "glassmap.access.service-secrets.analysis-service",
            "glassmap.artifacts.directory",
            "glassmap.worker.gateway",
            "glassmap.worker.directory",
            "glassmap.worker.token-file");

    /** As Spring binds it: dots become low lines, dashes vanish; but a key of a map keeps its dash. */
    private static boolean isVariable(String name, String property) {
        String plain = property.startsWith("glassmap.access.service-secrets.")
                ? property.replace("service-secrets", "servicesecrets")
                : property.replace("-", "");
        return name.equals(plain.replace('.', '_').toUpperCase(java.util.Locale.ROOT));
    }

    private final ComposeFile compose = ComposeFile.read();
    private final Map<String, Map<?, ?>> objects = objects();

    ManifestsTest() throws IOException {}

    /** Everything in {@code k8s}, by kind and name. */
    private static Map<String, Map<?, ?>> objects() throws IOException {
        Map<String, Map<?, ?>> objects = new TreeMap<>();
        for (Object file : list(kustomization().get("resources"))) {
            String text = Files.readString(folder().resolve(file.toString()));
            for (Object document : new Yaml().loadAll(text)) {
                Map<?, ?> object = map(document);
                String name = object.get("kind") + "/" + at(object, "metadata", "name");
                assertThat(objects.put(name, object)).as("%s twice", name).isNull();
            }
        }
        return objects;
    }

    private static Map<?, ?> kustomization() throws IOException {
        return map(new Yaml().load(Files.readString(folder().resolve("kustomization.yaml"))));
    }

    private static Path folder() {
        return Repository.root().resolve("k8s");
    }

    @Test
    void everyFileIsListed() throws IOException {
        Set<String> listed = list(kustomization().get("resources")).stream()
                .map(Object::toString)
                .collect(Collectors.toCollection(TreeSet::new));
        try (Stream<Path> files = Files.list(folder())) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".yaml") && !name.equals("kustomization.yaml")))
                    .containsExactlyInAnyOrderElementsOf(listed);
        }
    }

    @Test
    void everyObjectSaysWhatKubernetesRequires() {
        objects.forEach((name, object) -> {
            assertThat(object.get("apiVersion")).as(name).isNotNull();
            if (isWorkload(name)) {
                assertThat(at(object, "spec", "selector", "matchLabels"))
                        .as("the selector of %s", name)
                        .isEqualTo(at(object, "spec", "template", "metadata", "labels"))
                        .isNotNull();
                Map<?, ?> container = container(object);
                assertThat(container.get("image")).as(name).isNotNull();
                assertThat(at(container, "resources", "limits", "memory"))
                        .as(name)
                        .isNotNull();
            }
        });
        assertThat(objects.keySet().stream().filter(ManifestsTest::isWorkload)).hasSize(7);
    }

    private static boolean isWorkload(String name) {
        return name.startsWith("Deployment/") || name.startsWith("StatefulSet/");
    }

    @Test
    void everyServiceFindsItsPodsAndAPortThatTheyOpen() {
        List<String> services = objects.keySet().stream()
                .filter(name -> name.startsWith("Service/"))
                .toList();
        assertThat(services).hasSize(6);
        for (String name : services) {
            Map<?, ?> service = objects.get(name);
            List<Map<?, ?>> matching = objects.entrySet().stream()
                    .filter(object -> isWorkload(object.getKey()))
                    .<Map<?, ?>>map(Map.Entry::getValue)
                    .filter(object -> at(object, "spec", "template", "metadata", "labels")
                            .equals(at(service, "spec", "selector")))
                    .toList();
            assertThat(matching).as("workloads of %s", name).hasSize(1);
            Set<Object> open = list(container(matching.getFirst()).get("ports")).stream()
                    .map(port -> map(port).get("containerPort"))
                    .collect(Collectors.toSet());
            for (Object port : list(at(service, "spec", "ports"))) {
                assertThat(open).as(name).contains(map(port).get("port"));
            }
        }
    }

    @Test
    void everyMountIsOfAVolumeAndEveryClaimIsMade() {
        objects.forEach((name, object) -> {
            if (isWorkload(name)) {
                Map<?, ?> pod = map(at(object, "spec", "template", "spec"));
                Set<Object> volumes = list(pod.get("volumes")).stream()
                        .map(v -> map(v).get("name"))
                        .collect(Collectors.toSet());
                list(at(object, "spec", "volumeClaimTemplates"))
                        .forEach(claim -> volumes.add(at(claim, "metadata", "name")));
                Set<Object> mounted = list(container(object).get("volumeMounts")).stream()
                        .map(mount -> map(mount).get("name"))
                        .collect(Collectors.toSet());
                assertThat(mounted).as("mounts of %s", name).isEqualTo(volumes);
                for (Object volume : list(pod.get("volumes"))) {
                    Object claim = at(volume, "persistentVolumeClaim", "claimName");
                    assertThat(claim == null || objects.containsKey("PersistentVolumeClaim/" + claim))
                            .as("claim %s of %s", claim, name)
                            .isTrue();
                }
            }
        });
    }

    @Test
    void bothRunTheSameMainClassesAndTheyExist() throws ClassNotFoundException {
        Map<String, String> ofKubernetes = new LinkedHashMap<>();
        for (String name : compose.mainClasses().keySet()) {
            ofKubernetes.put(
                    name,
                    list(container(objects.get("Deployment/" + name)).get("args"))
                            .getFirst()
                            .toString());
        }
        assertThat(ofKubernetes).isEqualTo(compose.mainClasses()).hasSize(6);
        for (String main : ofKubernetes.values()) {
            assertThat(Class.forName(main).getSimpleName()).endsWith("Application");
        }
    }

    @Test
    void bothSetTheSameVariablesAndAllOfThemAreProperties() throws IOException {
        for (String name : compose.mainClasses().keySet()) {
            Set<String> ofCompose = compose.environment(name, everything()).keySet();
            assertThat(ofCompose)
                    .as(name)
                    .allMatch(variable -> PROPERTIES.stream().anyMatch(property -> isVariable(variable, property)));
            Set<String> ofKubernetes = variables(container(objects.get("Deployment/" + name)));
            if (!SERVERS.contains(name)) {
                ofKubernetes.removeIf(variable -> !variable.startsWith("GLASSMAP_WORKER_")); // the shared addresses
            }
            assertThat(ofKubernetes).as(name).isEqualTo(ofCompose);
        }
    }

    private Set<String> variables(Map<?, ?> container) throws IOException {
        Set<String> names = new TreeSet<>();
        list(container.get("env"))
                .forEach(variable -> names.add(map(variable).get("name").toString()));
        if (!list(container.get("envFrom")).isEmpty()) {
            Map<?, ?> addresses =
                    map(list(kustomization().get("configMapGenerator")).getFirst());
            assertThat(addresses.get("name")).isEqualTo("glassmap-addresses");
            list(addresses.get("literals"))
                    .forEach(literal -> names.add(literal.toString().split("=", 2)[0]));
        }
        return names;
    }

    private Map<String, String> everything() {
        return compose.variables().stream().collect(Collectors.toMap(name -> name, name -> "x"));
    }

    @Test
    void theExampleOfTheEnvironmentNamesWhatIsAskedFor() throws IOException {
        Set<String> example = Files.readAllLines(Repository.root().resolve(".env.example")).stream()
                .filter(line -> line.matches("[A-Z_]+=.*"))
                .map(line -> line.split("=", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(compose.variables()).isEqualTo(example);
        Set<String> ofKubernetes = new TreeSet<>();
        objects.forEach((name, object) -> {
            if (isWorkload(name)) {
                list(container(object).get("env")).forEach(variable -> {
                    Object key = at(variable, "valueFrom", "secretKeyRef", "key");
                    if (key != null) {
                        ofKubernetes.add(key.toString());
                    }
                });
            }
        });
        assertThat(ofKubernetes).isEqualTo(example);
    }

    @Test
    void theWorkersTokenIsAFileThatIsMounted() {
        String file = compose.environment("worker", everything()).get("GLASSMAP_WORKER_TOKENFILE");
        assertThat(file)
                .isEqualTo("/run/secrets/"
                        + list(compose.service("worker").get("secrets")).getFirst());
        Map<?, ?> container = container(objects.get("Deployment/worker"));
        String ofKubernetes = list(container.get("env")).stream()
                .filter(variable -> map(variable).get("name").equals("GLASSMAP_WORKER_TOKENFILE"))
                .map(variable -> map(variable).get("value").toString())
                .findFirst()
                .orElseThrow();
        assertThat(list(container.get("volumeMounts")).stream()
                        .map(mount -> map(mount).get("mountPath").toString()))
                .contains(Path.of(ofKubernetes).getParent().toString());
    }

    @Test
    void onlyTheGatewayIsPublished() {
        List<String> published = new ArrayList<>();
        for (String name : compose.mainClasses().keySet()) {
            if (compose.service(name).get("ports") != null) {
                published.add(name);
            }
        }
        assertThat(published).containsExactly("gateway");
        assertThat(list(compose.service("gateway").get("ports")).getFirst().toString())
                .contains("127.0.0.1:8700");
    }

    private static Map<?, ?> container(Map<?, ?> workload) {
        return map(list(at(workload, "spec", "template", "spec", "containers")).getFirst());
    }

    /** What lies at the end of the keys; null where one is missing. */
    private static Object at(Object node, String... keys) {
        Object here = node;
        for (String key : keys) {
            here = here instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return here;
    }

    private static Map<?, ?> map(Object node) {
        return (Map<?, ?>) node;
    }

    private static List<?> list(Object node) {
        return node == null ? List.of() : (List<?>) node;
    }
}
