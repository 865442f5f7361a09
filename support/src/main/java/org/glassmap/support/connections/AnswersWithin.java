package org.glassmap.support.connections;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * A client whose time limit begins with the end of what is sent and ends with the head of the answer.
 *
 * <p>The read time-out of Spring's {@code JdkClientHttpRequestFactory} runs on while the body is read and cuts it off: it
 * would end every event stream and every large download. The JDK's own limit ends where the body begins; but it begins with the request, and
 * would end an upload that takes its time. A body that is sent in pieces therefore has the limit between two of them, and
 * once more after the last.
 */
final class AnswersWithin extends HttpClient {
    private static final long SMALL = 1 << 16;

    private final HttpClient client;
    private final Duration limit;

    AnswersWithin(HttpClient client, Duration limit) {
        this.client = client;
        this.limit = limit;
    }

    private HttpRequest limited(HttpRequest request) {
        return HttpRequest.newBuilder(request, (name, value) -> true)
                .timeout(limit)
                .build();
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        return client.send(limited(request), body);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        Optional<HttpRequest.BodyPublisher> sent = request.bodyPublisher();
        if (sent.isEmpty() || atOnce(sent.get())) {
            return client.sendAsync(limited(request), body);
        }
        PiecesSent pieces = new PiecesSent(sent.get());
        HttpRequest watched = HttpRequest.newBuilder(request, (name, value) -> true)
                .method(request.method(), pieces)
                .build();
        return pieces.watch(client.sendAsync(watched, body), limit);
    }

    /** Small enough to leave at once, whoever reads it. */
    private static boolean atOnce(HttpRequest.BodyPublisher body) {
        return body.contentLength() >= 0 && body.contentLength() <= SMALL;
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, HttpResponse.BodyHandler<T> body, HttpResponse.PushPromiseHandler<T> pushes) {
        return client.sendAsync(limited(request), body, pushes);
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return client.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return client.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return client.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return client.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return client.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return client.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return client.authenticator();
    }

    @Override
    public Version version() {
        return client.version();
    }

    @Override
    public Optional<Executor> executor() {
        return client.executor();
    }

    @Override
    public void close() {
        client.close();
    }
}
