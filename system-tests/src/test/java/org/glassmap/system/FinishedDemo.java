package org.glassmap.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.glassmap.standalone.installation.Installation;
import org.glassmap.standalone.supervision.Shutdown;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One {@code ./glassmap demo} in a folder and on ports of its own, run to its end; the system still stands. */
final class FinishedDemo implements AutoCloseable {

    private final long seed;
    private final Installation installation;
    private final Door door;
    private final JsonNode diagram;
    private final String said;

    private FinishedDemo(long seed, Installation installation, Door door, JsonNode diagram, String said) {
        this.seed = seed;
        this.installation = installation;
        this.door = door;
        this.diagram = diagram;
        this.said = said;
    }

    /** As the launcher starts it, with the launcher's flags. */
    static FinishedDemo run(Path folder, long seed) throws Exception {
        Installation installation = new Installation(folder.resolve("home"));
        Path out = folder.resolve("out");
        Launcher.Running running = new Launcher(installation.folder(), Map.of())
                .start(
                        "demo",
                        "--seed",
                        Long.toString(seed),
                        "--port",
                        Integer.toString(StandingInstallation.sevenFreePorts()),
                        "--out",
                        out.toString());
        Process process = running.process();
        try {
            boolean ended = process.waitFor(2, TimeUnit.HOURS);
            String said = Files.readString(running.output());
            System.out.println(said);
            assertThat(ended).as("the demo ends").isTrue();
            assertThat(process.exitValue()).as(said).isZero();
            Door door = new Door(
                    URI.create(installation.settings().url()),
                    installation.adminTokenText().orElseThrow());
            JsonNode diagram = JsonMapper.shared().readTree(Files.readString(out.resolve("phase-diagram.json")));
            assertThat(out.resolve("phase-diagram.svg")).isNotEmptyFile();
            assertThat(out.resolve("phase-diagram.png")).isNotEmptyFile();
            return new FinishedDemo(seed, installation, door, diagram, said);
        } catch (Exception | AssertionError e) {
            process.destroyForcibly();
            new Shutdown(installation).bringDown();
            throw e;
        }
    }

    Door door() {
        return door;
    }

    /** All it told a person. */
    String said() {
        return said;
    }

    /** {@code phase-diagram.json}. */
    JsonNode diagram() {
        return diagram;
    }

    String campaign() {
        return diagram.get("campaign").asString();
    }

    /** Of the API, below the campaign. @param of such as {@code /iterations} */
    JsonNode campaign(String of) throws Exception {
        return door.get("/v1/campaigns/" + campaign() + of).json();
    }

    /** All pages of a listing. */
    List<JsonNode> pages(String path) throws Exception {
        List<JsonNode> items = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = door.get(path + "?limit=500" + (next.isEmpty() ? "" : "&cursor=" + next))
                    .json();
            page.get("items").forEach(items::add);
            next = page.path("next").asString("");
        } while (!next.isEmpty());
        return items;
    }

    /** Points of the diagram that are no crystals. */
    List<JsonNode> sampled() {
        List<JsonNode> sampled = new ArrayList<>();
        for (JsonNode point : diagram.get("points")) {
            if (!point.hasNonNull("name")) {
                sampled.add(point);
            }
        }
        return sampled;
    }

    /** eV/atom above the hull by x, of sampled points. */
    Map<Double, Double> lowestPerComposition() {
        Map<Double, Double> lowest = new TreeMap<>();
        sampled()
                .forEach(point -> lowest.merge(
                        point.get("fraction").asDouble(),
                        point.get("energyAboveHull").asDouble(),
                        Math::min));
        return lowest;
    }

    /** Names of the hull's vertices by rising x; a vertex that was sampled is told by its formula. */
    List<String> vertices() {
        List<String> vertices = new ArrayList<>();
        for (JsonNode index : diagram.get("hull")) {
            JsonNode point = diagram.get("points").get(index.asInt());
            vertices.add(point.path("name").asString(point.get("formula").asString()));
        }
        return vertices;
    }

    /** Formation energies of the diagram's crystals by name, eV/atom. */
    Map<String, Double> crystals() {
        Map<String, Double> crystals = new LinkedHashMap<>();
        for (JsonNode point : diagram.get("points")) {
            if (point.hasNonNull("name")) {
                crystals.put(
                        point.get("name").asString(),
                        point.get("formationEnergy").asDouble());
            }
        }
        return crystals;
    }

    @Override
    public String toString() {
        return "demo with seed " + seed;
    }

    @Override
    public void close() {
        new Shutdown(installation).bringDown();
    }
}
