package org.glassmap.potentials.potentials;

import jakarta.annotation.PreDestroy;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** The threads that all streams of predictions share: many streams are slower each, not more work at once. */
@Component
class PredictionThreads {

    private final int count;
    private final ThreadPoolExecutor executor;

    PredictionThreads(PredictionProperties properties) {
        this.count = properties.threadsHere();
        this.executor = new ThreadPoolExecutor(
                count,
                count,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), // every stream bounds its own part of it
                Thread.ofPlatform().name("prediction-", 1).daemon().factory());
        executor.allowCoreThreadTimeOut(true);
    }

    /** Portions of one stream that are under way: one a thread, and one that waits for the next free one. */
    int portionsAhead() {
        return count + 1;
    }

    ThreadPoolExecutor executor() {
        return executor;
    }

    @PreDestroy
    void stop() {
        executor.shutdownNow();
    }
}
