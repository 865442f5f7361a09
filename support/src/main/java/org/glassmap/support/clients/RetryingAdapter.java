package org.glassmap.support.clients;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.glassmap.support.problems.RemoteProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.web.service.invoker.HttpExchangeAdapter;
import org.springframework.web.service.invoker.HttpRequestValues;

/** Tries a request again, with growing pauses, while the server is away and the request may be repeated. */
final class RetryingAdapter implements HttpExchangeAdapter {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Set<HttpMethod> REPEATABLE =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.PUT, HttpMethod.DELETE, HttpMethod.OPTIONS);

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
        return Repetition.whileAway(patience, failure -> mayBeRepeated(request, failure), exchange);
    }

    private static boolean mayBeRepeated(HttpRequestValues request, RuntimeException failure) {
        if (request.getBodyValue() instanceof InputStreamResource) {
            return false; // can be read once only
        }
        return neverArrived(failure)
                || REPEATABLE.contains(request.getHttpMethod())
                || request.getHeaders().containsHeader("Idempotency-Key");
    }

    private static boolean neverArrived(RuntimeException failure) {
        if (failure instanceof RemoteProblemException remote) {
            return remote.document().status() == TOO_MANY_REQUESTS; // turned away at the door
        }
        Throwable cause = failure.getCause();
        return cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException;
    }
}
