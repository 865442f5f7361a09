package org.glassmap.support.connections;

import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/** A body that is sent in pieces, and when the last one left. */
final class PiecesSent implements HttpRequest.BodyPublisher {

    private final HttpRequest.BodyPublisher body;
    private volatile long lastNanos = System.nanoTime();

    PiecesSent(HttpRequest.BodyPublisher body) {
        this.body = body;
    }

    @Override
    public long contentLength() {
        return body.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        body.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscriber.onSubscribe(subscription);
            }

            @Override
            public void onNext(ByteBuffer piece) {
                lastNanos = System.nanoTime();
                subscriber.onNext(piece);
            }

            @Override
            public void onError(Throwable failure) {
                subscriber.onError(failure);
            }

            @Override
            public void onComplete() {
                lastNanos = System.nanoTime();
                subscriber.onComplete();
            }
        });
    }

    /**
     * @param limit between two pieces, and from the last to the answer
     * @return the answer, or a {@link HttpTimeoutException}
     */
    <T> CompletableFuture<T> watch(CompletableFuture<T> answer, Duration limit) {
        CompletableFuture<T> watched = new CompletableFuture<>();
        answer.whenComplete((value, failure) -> {
            if (failure == null) {
                watched.complete(value);
            } else {
                watched.completeExceptionally(failure);
            }
        });
        watched.whenComplete((value, failure) -> answer.cancel(true)); // of no effect where it is there
        look(watched, limit);
        return watched;
    }

    private void look(CompletableFuture<?> watched, Duration limit) {
        long left = limit.toNanos() - (System.nanoTime() - lastNanos);
        if (left <= 0) {
            watched.completeExceptionally(new HttpTimeoutException("nothing was sent, nor answered, for " + limit));
        } else if (!watched.isDone()) {
            CompletableFuture.delayedExecutor(left, TimeUnit.NANOSECONDS).execute(() -> look(watched, limit));
        }
    }
}
