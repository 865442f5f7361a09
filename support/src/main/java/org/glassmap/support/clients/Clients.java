package org.glassmap.support.clients;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import org.glassmap.contract.problems.ProblemDocument;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.support.connections.StreamingRequests;
import org.glassmap.support.problems.RemoteProblemException;
import org.glassmap.support.problems.Trace;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.converter.ResourceHttpMessageConverter;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes clients of the contract's interfaces that show a token.
 *
 * <p>Every request has a time limit up to the head of its answer and belongs to the trace of the request that caused it. An answer that tells of a
 * problem is thrown as {@link RemoteProblemException}, the document kept. A server that is not there (connection refused)
 * is tried again for a while, and so is one that answers 502, 503 or 504 if the request may be repeated: it reads, puts or
 * deletes, or bears an {@code Idempotency-Key}. Bodies are streamed in both directions.
 */
public final class Clients {
    private final JsonMapper json;
    private final ClientProperties properties;
    private final ClientHttpRequestFactory requests;

    public Clients(JsonMapper json, ClientProperties properties) {
        this.json = json;
        this.properties = properties;
        this.requests = StreamingRequests.within(properties.answerLimit());
    }

    /**
     * A client that shows a token of its own.
     *
     * @param bearer asked for each request
     */
    public <T> T client(Class<T> api, URI base, Supplier<String> bearer) {
        RestClientAdapter adapter = RestClientAdapter.create(rest(base, bearer));
        return HttpServiceProxyFactory.builderFor(new RetryingAdapter(adapter, properties.patience()))
                .build()
                .createClient(api);
    }

    /** The plain client beneath, for what an interface cannot say; it does not retry. */
    public RestClient rest(URI base, Supplier<String> bearer) {
        return RestClient.builder()
                .requestFactory(requests)
                .baseUrl(base)
                // An initializer, not an interceptor: interceptors would hold whole bodies in memory.
                .requestInitializer(request -> {
                    request.getHeaders().setBearerAuth(bearer.get());
                    request.getHeaders().set(Trace.HEADER, Trace.parentForCall());
                })
                // As InputStreamResource a body is read as it comes; the converter there is by default cannot.
                .configureMessageConverters(converters ->
                        converters.registerDefaults().addCustomConverter(new ResourceHttpMessageConverter(true)))
                .defaultStatusHandler(HttpStatusCode::isError, this::keepProblem)
                .build();
    }

    private void keepProblem(HttpRequest request, ClientHttpResponse response) throws IOException {
        int status = response.getStatusCode().value();
        MediaType type = response.getHeaders().getContentType();
        if (type != null && type.isCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)) {
            try {
                throw new RemoteProblemException(json.readValue(response.getBody(), ProblemDocument.class));
            } catch (JacksonException e) {
                throw new RemoteProblemException(unknown(request, status)); // cut off, or no problem document at all
            }
        }
        throw new RemoteProblemException(unknown(request, status));
    }

    private static ProblemDocument unknown(HttpRequest request, int status) {
        return new ProblemDocument(
                RequestProblem.BAD_GATEWAY.type(),
                "A server answered " + status + " without saying why",
                status,
                request.getMethod() + " " + request.getURI(),
                null,
                null,
                List.of());
    }
}
