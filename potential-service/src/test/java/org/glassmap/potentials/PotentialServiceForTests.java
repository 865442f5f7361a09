package org.glassmap.potentials;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.support.contracts.ContractForTests;
import org.glassmap.support.identity.IdentityForTests;
import org.glassmap.support.identity.TokensForTests;
import org.glassmap.support.postgresql.TestDatabase;
import org.jspecify.annotations.NullUnmarked;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** The whole service behind a real port on a real database, which may outlive it. */
@NullUnmarked
public final class PotentialServiceForTests implements AutoCloseable {

    private final ServletWebServerApplicationContext context;

    private PotentialServiceForTests(ServletWebServerApplicationContext context) {
        this.context = context;
    }

    public static PotentialServiceForTests start(TestDatabase database, URI structure, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.schema(),
                "--spring.datasource.password=" + database.password(),
                "--glassmap.services.structure=" + structure,
                "--glassmap.identity.gateway=" + structure,
                "--glassmap.identity.secret=for-tests",
                "--glassmap.clients.patience=0s",
                "--glassmap.jobs.heartbeat-interval=100ms"));
        arguments.addAll(List.of(settings));
        return new PotentialServiceForTests((ServletWebServerApplicationContext) new SpringApplicationBuilder(
                        PotentialServiceApplication.class, IdentityForTests.class, ContractForTests.class)
                .run(arguments.toArray(String[]::new)));
    }

    public ServletWebServerApplicationContext context() {
        return context;
    }

    /** A member of the project, at the door; errors are answers. */
    public RestClient member(ProjectId project) {
        return RestClient.builder()
                .baseUrl("http://127.0.0.1:" + context.getWebServer().getPort())
                .requestFactory(new JdkClientHttpRequestFactory())
                .defaultHeader("Authorization", "Bearer " + TokensForTests.member(project))
                .defaultStatusHandler(status -> true, (request, response) -> {})
                .build();
    }

    @Override
    public void close() {
        context.close();
    }
}
