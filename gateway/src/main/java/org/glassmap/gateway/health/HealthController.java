package org.glassmap.gateway.health;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.glassmap.contract.access.HealthDocument;
import org.glassmap.support.clients.ServiceAddresses;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Asks every service how it is. */
@RestController
class HealthController {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Map<String, URI> services = new LinkedHashMap<>();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .build();

    HealthController(ServiceAddresses addresses) {
        services.put("structure", addresses.structure());
        services.put("potential", addresses.potential());
        services.put("sampler", addresses.sampler());
        services.put("analysis", addresses.analysis());
    }

    /** 200 if all are up, 503 otherwise; the body says which are. */
    @GetMapping("/health")
    ResponseEntity<HealthDocument> health() {
        Map<String, CompletableFuture<Boolean>> asked = new LinkedHashMap<>();
        services.forEach((name, address) -> asked.put(name, isUp(address)));
        Map<String, String> states = new LinkedHashMap<>();
        asked.forEach((name, up) -> states.put(name, up.join() ? "up" : "down"));
        boolean allUp = states.values().stream().allMatch("up"::equals);
        return ResponseEntity.status(allUp ? 200 : 503)
                .cacheControl(CacheControl.noStore())
                .body(new HealthDocument(allUp ? "up" : "down", states));
    }

    private CompletableFuture<Boolean> isUp(URI address) {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/actuator/health"))
                .timeout(LIMIT)
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .thenApply(answer -> answer.statusCode() == 200)
                .exceptionally(failure -> false);
    }
}
