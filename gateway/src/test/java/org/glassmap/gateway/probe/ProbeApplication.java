package org.glassmap.gateway.probe;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.support.identity.Caller;
import org.glassmap.support.problems.ProblemException;
import org.glassmap.support.startup.ServiceApplication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * A service behind the gateway, real in everything that matters between the two: it checks the signed token against the
 * gateway's keys, and streams.
 */
@ServiceApplication(name = "probe-service", port = 0)
public class ProbeApplication {
    /** Lets a test see that the first part of a stream arrives before the last is written. */
    public static final class Valve {
        private static volatile CountDownLatch latch = new CountDownLatch(1);

        private Valve() {}

        public static void close() {
            latch = new CountDownLatch(1);
        }

        public static void open() {
            latch.countDown();
        }

        static void pass() {
            try {
                if (!latch.await(20, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("nobody opened the valve");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    public record Seen(
            String user, @org.jspecify.annotations.Nullable String project, Map<String, String> headers) {}

    @RestController
    static class Doors {
        @GetMapping("/v1/structures/who")
        Seen who(HttpServletRequest request) {
            Caller caller = Caller.current();
            Map<String, String> headers = new TreeMap<>();
            Collections.list(request.getHeaderNames())
                    .forEach(name -> headers.put(name.toLowerCase(Locale.ROOT), request.getHeader(name)));
            return new Seen(
                    caller.user(),
                    caller.project() == null ? null : caller.project().value(),
                    headers);
        }

        @PostMapping("/v1/methods")
        Map<String, Object> echo(@RequestBody Map<String, Object> body) {
            return body;
        }

        @DeleteMapping("/v1/methods")
        void refuse() {
            throw ProblemException.of(RequestProblem.CONFLICT, "methods stay");
        }

        @GetMapping("/v1/campaigns/c/events")
        void events(HttpServletResponse response) throws IOException {
            twoParts(response, "text/event-stream", "id: 1\ndata: first\n\n", "id: 2\ndata: second\n\n");
        }

        @GetMapping("/v1/labels/stream")
        void ndjson(HttpServletResponse response) throws IOException {
            twoParts(response, "application/x-ndjson", "{\"i\":1}\n", "{\"i\":2}\n");
        }

        @GetMapping("/v1/trainings/t")
        String poll(@RequestParam double seconds) throws InterruptedException {
            Thread.sleep(Math.round(seconds * 1000));
            return "done";
        }

        @RequestMapping(
                path = "/v1/artifacts/up",
                method = {RequestMethod.PUT, RequestMethod.POST})
        Map<String, Long> up(InputStream body) throws IOException {
            return Map.of("bytes", body.transferTo(OutputStream.nullOutputStream()));
        }

        @GetMapping("/v1/artifacts/down")
        void down(@RequestParam long bytes, HttpServletResponse response) throws IOException {
            response.setContentType("application/octet-stream");
            byte[] block = new byte[1 << 16];
            for (long written = 0; written < bytes; written += block.length) {
                response.getOutputStream().write(block, 0, (int) Math.min(block.length, bytes - written));
            }
        }

        private static void twoParts(HttpServletResponse response, String type, String first, String second)
                throws IOException {
            response.setContentType(type);
            response.getOutputStream().write(first.getBytes(StandardCharsets.UTF_8));
            response.flushBuffer();
            Valve.pass();
            response.getOutputStream().write(second.getBytes(StandardCharsets.UTF_8));
        }
    }
}
