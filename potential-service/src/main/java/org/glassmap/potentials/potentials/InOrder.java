package org.glassmap.potentials.potentials;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Work done in several threads and handed over in the order in which it was fetched. The caller's thread fetches and
 * hands over; where it is held up at either end the rest comes to a halt with it, which is all the back-pressure there is.
 */
final class InOrder {

    interface Source<P> {
        /** The next piece of work; empty at the end. */
        Optional<P> next() throws IOException;
    }

    interface Sink<R> {
        void take(R done) throws IOException;
    }

    private InOrder() {}

    /**
     * @param work is done in the executor's threads
     * @param most pieces that have been fetched and not yet been taken; at least 1
     * @throws IOException from either end; what has been fetched by then is given up, nothing more is fetched
     */
    static <P, R> void run(Source<P> source, Function<P, R> work, Sink<R> sink, ExecutorService executor, int most)
            throws IOException {
        if (most < 1) {
            throw new IllegalArgumentException("most must be at least 1, got " + most);
        }
        Deque<Future<R>> ahead = new ArrayDeque<>(most);
        try {
            for (Optional<P> next = source.next(); next.isPresent(); next = source.next()) {
                P piece = next.get();
                ahead.add(executor.submit(() -> work.apply(piece)));
                if (ahead.size() == most) {
                    sink.take(done(ahead.remove()));
                }
            }
            while (!ahead.isEmpty()) {
                sink.take(done(ahead.remove()));
            }
        } finally {
            ahead.forEach(piece -> piece.cancel(false));
        }
    }

    private static <R> R done(Future<R> piece) throws IOException {
        try {
            return piece.get();
        } catch (InterruptedException e) {
            piece.cancel(false);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while it waited for a portion");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }
}
