package org.glassmap.support.connections;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;

/** The connections beneath every call between servers: HTTP/1.1, bodies streamed both ways on virtual threads. */
public final class StreamingRequests {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    private StreamingRequests() {}

    /** @param answerLimit from the end of the request to the head of its answer; the body may take as long as it likes */
    public static ClientHttpRequestFactory within(Duration answerLimit) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_LIMIT)
                .build();
        return new JdkClientHttpRequestFactory(
                new AnswersWithin(client, answerLimit), Executors.newVirtualThreadPerTaskExecutor());
    }
}
