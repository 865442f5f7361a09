package org.glassmap.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.glassmap.gateway.probe.ProbeApplication;
import org.glassmap.support.postgresql.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The gateway and a service behind it as sibling contexts in this JVM, as standalone runs them. */
final class RunningGateway implements AutoCloseable {
    static final String SECRET = "open-sesame";

    final JsonMapper json = JsonMapper.builder().build();
    final HttpClient http = HttpClient.newHttpClient();
    final ConfigurableApplicationContext gateway;
    final ConfigurableApplicationContext probe;
    final int innerPort;
    final Path tokenFile;

    RunningGateway(TestDatabase database, Path folder, String... more) throws IOException {
        innerPort = freePort();
        tokenFile = folder.resolve("admin-token");
        probe = new SpringApplicationBuilder(ProbeApplication.class)
                .run(
                        "--server.port=0",
                        "--glassmap.identity.gateway=http://127.0.0.1:" + innerPort,
                        "--glassmap.identity.secret=" + SECRET);
        String service = "http://127.0.0.1:" + port(probe);
        String[] own = {
            "--server.port=0",
            "--spring.datasource.url=" + database.url(),
            "--glassmap.database.password=" + database.password(),
            "--glassmap.access.inner-port=" + innerPort,
            "--glassmap.access.admin-token-file=" + tokenFile,
            "--glassmap.access.service-secrets.probe-service=" + SECRET,
            "--glassmap.services.structure=" + service,
            "--glassmap.services.potential=" + service,
            "--glassmap.services.sampler=" + service,
            // nobody is there
            "--glassmap.services.analysis=http://127.0.0.1:" + freePort()
        };
        String[] all = java.util.stream.Stream.of(own, more)
                .flatMap(java.util.stream.Stream::of)
                .toArray(String[]::new);
        gateway = new SpringApplicationBuilder(GatewayApplication.class).run(all);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static int port(ConfigurableApplicationContext context) {
        return java.util.Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
    }

    String adminToken() throws IOException {
        return Files.readString(tokenFile).strip();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port(gateway) + path);
    }

    URI inner(String path) {
        return URI.create("http://127.0.0.1:" + innerPort + path);
    }

    static HttpRequest.Builder request(URI uri, @Nullable String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request;
    }

    HttpResponse<String> get(String path, @Nullable String token) throws IOException, InterruptedException {
        return http.send(request(uri(path), token).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String path, @Nullable String token, String body)
            throws IOException, InterruptedException {
        HttpRequest request = request(uri(path), token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<InputStream> open(String path, String token) throws IOException, InterruptedException {
        return http.send(request(uri(path), token).build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    JsonNode json(HttpResponse<String> answer) {
        return json.readTree(answer.body());
    }

    /** Makes a project. @return its id */
    String newProject(String name) throws IOException, InterruptedException {
        HttpResponse<String> made = send("POST", "/v1/projects", adminToken(), "{\"name\":\"" + name + "\"}");
        return json(made).get("id").asString();
    }

    /** Makes a token. @return its secret */
    String newToken(String body) throws IOException, InterruptedException {
        HttpResponse<String> made = send("POST", "/v1/tokens", adminToken(), body);
        if (made.statusCode() != 201) {
            throw new AssertionError(made.body());
        }
        return json(made).get("secret").asString();
    }

    @Override
    public void close() {
        gateway.close();
        probe.close();
    }
}
