package org.glassmap.support.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.web.client.RestClient;

@Timeout(30)
class AnswersWithinTest {

    private static final Duration LIMIT = Duration.ofMillis(1500);
    private static final int PIECE = 100_000;

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/length", exchange -> {
            byte[] length = Long.toString(exchange.getRequestBody().transferTo(OutputStream.nullOutputStream()))
                    .getBytes();
            exchange.sendResponseHeaders(200, length.length);
            exchange.getResponseBody().write(length);
            exchange.close();
        });
        server.createContext("/never", exchange -> exchange.getRequestBody().readAllBytes());
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void anUploadMayTakeLongerThanTheLimitAsLongAsItGoesOn() {
        assertThat(sent("/length", 5, 500)).isEqualTo(Integer.toString(5 * PIECE));
    }

    @Test
    void anUploadThatStopsIsGivenUp() {
        assertThatThrownBy(() -> sent("/length", 2, 6000)).hasRootCauseInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void anAnswerThatDoesNotComeAfterTheLastPieceIsNotWaitedFor() {
        assertThatThrownBy(() -> sent("/never", 2, 10)).hasRootCauseInstanceOf(HttpTimeoutException.class);
    }

    private String sent(String path, int pieces, long pauseMillis) {
        return Objects.requireNonNull(RestClient.builder()
                .requestFactory(StreamingRequests.within(LIMIT))
                .build()
                .post()
                .uri(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path))
                .body(out -> {
                    for (int k = 0; k < pieces; k++) {
                        out.write(new byte[PIECE]);
                        out.flush();
                        pause(pauseMillis);
                    }
                })
                .retrieve()
                .body(String.class));
    }

    private static void pause(long millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
