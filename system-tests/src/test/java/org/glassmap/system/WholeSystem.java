package org.glassmap.system;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.glassmap.analyses.AnalysisServiceApplication;
import org.glassmap.gateway.GatewayApplication;
import org.glassmap.potentials.PotentialServiceApplication;
import org.glassmap.sampler.SamplerServiceApplication;
import org.glassmap.structures.StructureServiceApplication;
import org.glassmap.support.postgresql.ServiceSchema;
import org.glassmap.support.postgresql.TestDatabase;
import org.glassmap.worker.WorkerApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** All of Glassmap in this JVM, on ports of its own and a fresh database, as users see it: an address and a token. */
final class WholeSystem implements AutoCloseable {

    private static final List<String> ACTING = List.of("potential-service", "sampler-service", "analysis-service");

    private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();
    private final TestDatabase database;
    private final Path folder;
    private final int[] ports;

    private WholeSystem(Path folder) throws IOException {
        this.folder = folder;
        this.database = TestDatabase.fresh("access");
        this.ports = freePorts(6);
    }

    /** @param folder for artifacts, tokens and the worker's memory */
    static WholeSystem started(Path folder) throws Exception {
        WholeSystem system = new WholeSystem(folder);
        try (var superuser = system.database.superuser()) {
            for (String schema : List.of("structure", "potential", "sampler", "analysis")) {
                new ServiceSchema(schema).grant(superuser, "of-" + schema);
            }
        }
        system.start(GatewayApplication.class, "access", 0);
        system.start(StructureServiceApplication.class, "structure", 1);
        system.start(PotentialServiceApplication.class, "potential", 2);
        system.start(SamplerServiceApplication.class, "sampler", 3);
        system.start(AnalysisServiceApplication.class, "analysis", 4);
        system.startWorker();
        return system;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + ports[0]);
    }

    /** Verb and path of everything that a controller of ours serves, in any of the servers. */
    List<String> routes() {
        List<String> routes = new ArrayList<>();
        for (ConfigurableApplicationContext context : contexts) {
            for (RequestMappingHandlerMapping mappings :
                    context.getBeansOfType(RequestMappingHandlerMapping.class).values()) {
                mappings.getHandlerMethods().forEach((mapping, method) -> {
                    if (!method.getBeanType().getSimpleName().equals("ProblemErrorPage")
                            && method.getBeanType().getName().startsWith("org.glassmap.")) {
                        mapping.getPatternValues()
                                .forEach(path -> mapping.getMethodsCondition()
                                        .getMethods()
                                        .forEach(verb -> routes.add(verb + " " + path)));
                    }
                });
            }
        }
        return routes;
    }

    String adminToken() throws IOException {
        return Files.readString(folder.resolve("admin-token")).strip();
    }

    private void start(Class<?> application, String schema, int port) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("server.port", Integer.toString(ports[port]));
        settings.put("glassmap.database.url", database.url());
        settings.put("glassmap.database.password", "of-" + schema);
        settings.put("glassmap.identity.gateway", "http://127.0.0.1:" + ports[5]);
        settings.put("glassmap.identity.secret", "secret-of-" + schema + "-service");
        settings.put("glassmap.access.inner-port", Integer.toString(ports[5]));
        settings.put(
                "glassmap.access.admin-token-file",
                folder.resolve("admin-token").toString());
        for (String service : ACTING) {
            settings.put("glassmap.access.service-secrets." + service, "secret-of-" + service);
        }
        settings.put("glassmap.artifacts.directory", folder.resolve("artifacts").toString());
        List<String> names = List.of("structure", "potential", "sampler", "analysis");
        for (int k = 0; k < names.size(); k++) {
            settings.put("glassmap.services." + names.get(k), "http://127.0.0.1:" + ports[k + 1]);
        }
        contexts.add(new SpringApplicationBuilder(application).run(arguments(settings)));
    }

    private void startWorker() throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("glassmap.worker.gateway", address().toString());
        settings.put("glassmap.worker.directory", folder.resolve("worker").toString());
        settings.put("glassmap.worker.token-file", folder.resolve("agent-token").toString());
        Files.writeString(folder.resolve("agent-token"), agentToken());
        contexts.add(WorkerApplication.start(arguments(settings)));
    }

    private String agentToken() throws IOException {
        return Tokens.agent(address(), adminToken());
    }

    private static String[] arguments(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
    }

    private static int[] freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            int[] ports = new int[count];
            for (int k = 0; k < count; k++) {
                sockets.add(new ServerSocket(0));
                ports[k] = sockets.get(k).getLocalPort();
            }
            return ports;
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    @Override
    public void close() {
        for (int k = contexts.size() - 1; k >= 0; k--) {
            contexts.get(k).close();
        }
    }
}
