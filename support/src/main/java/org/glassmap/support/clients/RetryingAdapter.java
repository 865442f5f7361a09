package org.glassmap.support.clients;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.glassmap.support.problems.RemoteProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.service.invoker.HttpExchangeAdapter;
import org.springframework.web.service.invoker.HttpRequestValues;

/** Tries a request again, with growing pauses, while the server is away and the request may be repeated. */
final class RetryingAdapter implements HttpExchangeAdapter {
    private static final Set<Integer> AWAY = Set.of(502, 503, 504);
    private static final Set<HttpMethod> REPEATABLE =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.PUT, HttpMethod.DELETE, HttpMethod.OPTIONS);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final HttpExchangeAdapter adapter;
    private final Duration patience;

    RetryingAdapter(HttpExchangeAdapter adapter, Duration patience) {
        this.adapter = adapter;
        this.patience = patience;
    }

    @Override
    public boolean supportsRequestAttributes() {
        return adapter.supportsRequestAttributes();
    }

    @Override
    public void exchange(HttpRequestValues request) {
        retrying(request, () -> {
            adapter.exchange(request);
            return null;
        });
    }

    @Override
    public HttpHeaders exchangeForHeaders(HttpRequestValues request) {
        return required(retrying(request, () -> adapter.exchangeForHeaders(request)));
    }

    @Override
    public <T> @Nullable T exchangeForBody(HttpRequestValues request, ParameterizedTypeReference<T> type) {
        return retrying(request, () -> adapter.exchangeForBody(request, type));
    }

    @Override
    public ResponseEntity<Void> exchangeForBodilessEntity(HttpRequestValues request) {
        return required(retrying(request, () -> adapter.exchangeForBodilessEntity(request)));
    }

    @Override
    public <T> ResponseEntity<T> exchangeForEntity(HttpRequestValues request, ParameterizedTypeReference<T> type) {
        return required(retrying(request, () -> adapter.exchangeForEntity(request, type)));
    }

    private static <T> T required(@Nullable T answer) {
        if (answer == null) {
            throw new IllegalStateException("the client answered nothing");
        }
        return answer;
    }

    private <T> @Nullable T retrying(HttpRequestValues request, Supplier<@Nullable T> exchange) {
        long start = System.nanoTime();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return exchange.get();
            } catch (ResourceAccessException | RemoteProblemException e) {
                boolean worthwhile = mayBeRepeated(request, e) && System.nanoTime() - start < patience.toNanos();
                if (!worthwhile) {
                    throw e;
                }
            }
            sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private static boolean mayBeRepeated(HttpRequestValues request, RuntimeException failure) {
        if (request.getBodyValue() instanceof InputStreamResource) {
            return false; // can be read once only
        }
        Throwable cause = failure.getCause();
        if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
            return true; // it never arrived
        }
        boolean repeatable = REPEATABLE.contains(request.getHttpMethod())
                || request.getHeaders().containsHeader("Idempotency-Key");
        boolean away = !(failure instanceof RemoteProblemException remote)
                || AWAY.contains(remote.document().status());
        return repeatable && away;
    }

    /** Half of the pause is by chance, so that clients of one server that was away do not all come at once. */
    private static void sleep(Duration pause) {
        long millis = pause.toMillis();
        try {
            Thread.sleep(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting to try again", e);
        }
    }
}
