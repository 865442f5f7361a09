package org.glassmap.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.glassmap.support.postgresql.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies larger than the memory go through, up and down. */
class GigabyteTest {
    private static final long BYTES = Long.getLong("glassmap.test.large-body", 400L << 20);

    @Test
    void aBodyLargerThanTheHeapGoesUpAndDown(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx160m",
                        "-Dglassmap.test.large-body=" + BYTES,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Pump.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(180, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended && process.exitValue() == 0).as(Files.readString(log)).isTrue();
        assertThat(Files.readString(log)).contains("up " + BYTES + " down " + BYTES);
    }

    /** Gateway, service and client in one small JVM. */
    static final class Pump {
        public static void main(String[] arguments) throws Exception {
            try (RunningGateway glassmap = new RunningGateway(TestDatabase.fresh("access"), Path.of(arguments[0]))) {
                HttpRequest request = RunningGateway.request(glassmap.uri("/v1/artifacts/up"), glassmap.adminToken())
                        .PUT(HttpRequest.BodyPublishers.ofInputStream(Zeros::new))
                        .build();
                HttpResponse<String> up = glassmap.http.send(request, HttpResponse.BodyHandlers.ofString());
                long arrived = glassmap.json(up).get("bytes").asLong();
                try (InputStream down = glassmap.open("/v1/artifacts/down?bytes=" + BYTES, glassmap.adminToken())
                        .body()) {
                    System.out.println("up " + arrived + " down " + down.transferTo(OutputStream.nullOutputStream()));
                }
            }
            System.exit(0);
        }
    }

    private static final class Zeros extends InputStream {
        private long left = BYTES;

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int n = (int) Math.min(length, left);
            left -= n;
            return n;
        }
    }
}
