package org.glassmap.support.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.core.io.InputStreamResource;
import tools.jackson.databind.json.JsonMapper;

class StreamedBodyTest {

    private static final int PIECE = 100_000;

    @Test
    @Timeout(30)
    void aBodyIsReadWhileItComes() throws Exception {
        CountDownLatch firstPieceRead = new CountDownLatch(1);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/octet-stream");
            exchange.sendResponseHeaders(200, 2 * PIECE);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(new byte[PIECE]);
                out.flush();
                await(firstPieceRead); // a client that waits for the whole body never gets it
                out.write(new byte[PIECE]);
            }
        });
        server.start();
        try {
            Clients clients = new Clients(
                    JsonMapper.builder().build(), new ClientProperties(Duration.ofSeconds(20), Duration.ZERO));
            URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            InputStreamResource body = Objects.requireNonNull(clients.rest(base, () -> "token")
                    .get()
                    .uri("/v1/artifacts/a")
                    .retrieve()
                    .body(InputStreamResource.class));
            try (InputStream in = body.getInputStream()) {
                assertThat(in.readNBytes(PIECE)).hasSize(PIECE);
                firstPieceRead.countDown();
                assertThat(in.readAllBytes()).hasSize(PIECE);
            }
        } finally {
            server.stop(0);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IOException("the client did not read the first piece");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
