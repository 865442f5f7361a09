package org.glassmap.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The manifests as those read them for whom they are written; no engine and no cluster is needed. */
class ManifestToolsTest {

    private static final Path K8S = Repository.root().resolve("k8s");

    @TempDir
    Path folder;

    /** What Kubernetes' own types do not know ends up among their additional properties; wrong types do not even parse. */
    @Test
    void kubernetesKnowsEveryFieldOfEveryObject() throws Exception {
        KubernetesSerialization reader = new KubernetesSerialization();
        List<String> unknown = new ArrayList<>();
        int objects = 0;
        try (Stream<Path> files = Files.list(K8S)) {
            for (Path file :
                    files.filter(ManifestToolsTest::holdsObjects).sorted().toList()) {
                for (Object document : new Yaml().loadAll(Files.readString(file))) {
                    HasMetadata object = reader.unmarshal(new Yaml().dump(document), HasMetadata.class);
                    assertThat(object.getClass().getSimpleName())
                            .as("a kind that is known, in %s", file.getFileName())
                            .isEqualTo(((Map<?, ?>) document).get("kind"));
                    collectUnknown(
                            object,
                            object.getKind() + "/" + object.getMetadata().getName(),
                            unknown);
                    objects++;
                }
            }
        }
        assertThat(unknown).isEmpty();
        assertThat(objects).isGreaterThan(10);
    }

    /** The check checks: a field that was misspelt is found, a number that is none is refused. */
    @Test
    void aMisspeltFieldIsFound() throws Exception {
        String service = """
                apiVersion: v1
                kind: Service
                metadata: {name: a}
                spec: {ports: [{port: 80, targetPrt: 8080}]}
                """;
        List<String> unknown = new ArrayList<>();
        collectUnknown(new KubernetesSerialization().unmarshal(service, HasMetadata.class), "a", unknown);
        assertThat(unknown).containsExactly("a.spec.ports.targetPrt");
    }

    @Test
    void kustomizeMakesOneOfThem() throws Exception {
        assumeTrue(works(List.of("kubectl", "version", "--client"), Map.of()), "no kubectl here");
        assertThat(works(List.of("kubectl", "kustomize", K8S.toString()), Map.of()))
                .as(output())
                .isTrue();
        assertThat(output()).contains("kind: Deployment").contains("kind: Service");
    }

    @Test
    void dockerComposeTakesTheFileWithTheExamplesVariables() throws Exception {
        assumeTrue(works(List.of("docker-compose", "version"), Map.of()), "no docker-compose here");
        Map<String, String> environment = new TreeMap<>();
        for (String line : Files.readAllLines(Repository.root().resolve(".env.example"))) {
            if (line.endsWith("=")) {
                environment.put(line.substring(0, line.length() - 1), "a-secret");
            }
        }
        List<String> config = List.of(
                "docker-compose",
                "-f",
                Repository.root().resolve("docker-compose.yml").toString(),
                "config");
        assertThat(works(config, environment)).as(output()).isTrue();
        assertThat(output()).contains("structure-service:").contains("a-secret");
        assertThat(works(config, Map.of())).as("without the secrets").isFalse();
        assertThat(output()).contains("set it in .env");
    }

    private static boolean holdsObjects(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".yaml") && !name.equals("kustomization.yaml");
    }

    private static void collectUnknown(Object node, String at, List<String> unknown)
            throws ReflectiveOperationException {
        if (node instanceof Collection<?> all) {
            for (Object item : all) {
                collectUnknown(item, at, unknown);
            }
        } else if (node.getClass().getName().startsWith("io.fabric8.kubernetes.api.model.")) {
            for (Method getter : node.getClass().getMethods()) {
                if (!getter.getName().startsWith("get") || getter.getParameterCount() > 0) {
                    continue;
                }
                Object value = getter.invoke(node);
                if (getter.getName().equals("getAdditionalProperties")) {
                    ((Map<?, ?>) value).keySet().forEach(field -> unknown.add(at + "." + field));
                } else if (value != null && !(value instanceof Class<?>)) {
                    String name = getter.getName().substring(3);
                    collectUnknown(
                            value, at + "." + Character.toLowerCase(name.charAt(0)) + name.substring(1), unknown);
                }
            }
        }
    }

    private Path file() {
        return folder.resolve("output");
    }

    private String output() throws IOException {
        return Files.exists(file()) ? Files.readString(file()) : "";
    }

    private boolean works(List<String> command, Map<String, String> environment) throws InterruptedException {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(file().toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            assertThat(process.waitFor(2, TimeUnit.MINUTES))
                    .as("%s ends", command)
                    .isTrue();
            return process.exitValue() == 0;
        } catch (IOException e) {
            return false; // the program is not there
        }
    }
}
