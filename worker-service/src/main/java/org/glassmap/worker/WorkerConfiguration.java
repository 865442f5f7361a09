package org.glassmap.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.glassmap.contract.agents.AgentsApi;
import org.glassmap.support.clients.ClientProperties;
import org.glassmap.support.clients.Clients;
import org.glassmap.worker.agent.Agent;
import org.glassmap.worker.agent.AgentSettings;
import org.glassmap.worker.artifacts.ArtifactCache;
import org.glassmap.worker.artifacts.RemoteArtifacts;
import org.glassmap.worker.dispatch.CommandDispatcher;
import org.glassmap.worker.dispatch.ComputationDispatcher;
import org.glassmap.worker.dispatch.Dispatchers;
import org.glassmap.worker.engines.Engine;
import org.glassmap.worker.engines.potential.PotentialEngine;
import org.glassmap.worker.engines.potential.PotentialFiles;
import org.glassmap.worker.engines.potential.StoredPotentials;
import org.glassmap.worker.engines.vasp.VaspEngine;
import org.glassmap.worker.ledger.Ledger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Puts the agent together. */
@Configuration(proxyBeanMethods = false)
class WorkerConfiguration {

    /** More than the longest long-poll; the agent itself knows how to wait for a queue that is away. */
    private static final ClientProperties PATIENCE = new ClientProperties(Duration.ofSeconds(40), Duration.ZERO);

    @Bean
    JsonMapper json() {
        return JsonMapper.builder()
                .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
                .build();
    }

    @Bean(destroyMethod = "close")
    Ledger ledger(WorkerProperties properties, JsonMapper json) throws IOException {
        return Ledger.open(properties.directory(), json);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Agent agent(WorkerProperties properties, JsonMapper json, Ledger ledger) {
        Clients clients = new Clients(json, PATIENCE);
        Supplier<String> token = token(properties);
        boolean quick = properties.engines().equals(List.of("potential"));
        int slots = properties.slotsHere();
        return new Agent(
                new AgentSettings(properties.name(), properties.tags(), slots, quick ? slots : 0),
                clients.client(AgentsApi.class, properties.gateway(), token),
                ledger,
                engines(properties, json, clients, token),
                new Dispatchers(new ComputationDispatcher(), commands(properties)));
    }

    private static List<Engine> engines(
            WorkerProperties properties, JsonMapper json, Clients clients, Supplier<String> token) {
        List<Engine> engines = new ArrayList<>();
        for (String name : properties.engines()) {
            engines.add(
                    switch (name) {
                        case "potential" -> potential(properties, json, clients, token);
                        case "vasp" -> vasp(properties);
                        default ->
                            throw new IllegalArgumentException(
                                    "glassmap.worker.engines knows potential and vasp, got '%s'".formatted(name));
                    });
        }
        return engines;
    }

    private static Engine potential(
            WorkerProperties properties, JsonMapper json, Clients clients, Supplier<String> token) {
        ArtifactCache cache = new ArtifactCache(
                properties.directory().resolve("artifacts"),
                new RemoteArtifacts(clients.rest(properties.gateway(), token)));
        return new PotentialEngine(new StoredPotentials(cache, new PotentialFiles()), json);
    }

    private static Engine vasp(WorkerProperties properties) {
        WorkerProperties.@Nullable VaspProperties vasp = properties.vasp();
        if (vasp == null) {
            throw new IllegalArgumentException(
                    "the engine vasp needs glassmap.worker.vasp.command and glassmap.worker.vasp.potcars");
        }
        return new VaspEngine(vasp.command(), vasp.potcars(), vasp.runtimeTags());
    }

    private static CommandDispatcher commands(WorkerProperties properties) {
        WorkerProperties.@Nullable VaspProperties vasp = properties.vasp();
        return new CommandDispatcher(vasp == null ? List.of() : vasp.cancelCommand());
    }

    /** Read for each request: a token may be exchanged while calculations run for weeks. */
    private static Supplier<String> token(WorkerProperties properties) {
        Path file = properties.tokenFile() == null ? properties.directory().resolve("token") : properties.tokenFile();
        return () -> {
            try {
                return Files.readString(file).strip().lines().findFirst().orElse("");
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "the agent's token cannot be read from %s; './glassmap token' makes one".formatted(file), e);
            }
        };
    }
}
