package org.glassmap.structures.calculations;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Wakes requests of this process that wait for something to happen. Where it happens in another process they look by
 * themselves, every 200 ms.
 */
class Bell {

    private static final long LOOK_NANOS = Duration.ofMillis(200).toNanos();

    /** Nobody asks more often than this, however often it rings. */
    private static final Duration BREATH = Duration.ofMillis(20);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private long rings;

    void ring() {
        lock.lock();
        try {
            rings++;
            rung.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Asks until there is something to say, or patience has ended.
     *
     * @param enough whether an answer is worth giving before that
     * @return the last answer
     */
    <T> T await(Duration patience, Supplier<T> ask, Predicate<T> enough) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            long heard = rings();
            T answer = ask.get();
            long left = end - System.nanoTime();
            if (enough.test(answer) || left <= 0 || !waited(heard, Math.min(left, LOOK_NANOS))) {
                return answer;
            }
        }
    }

    private long rings() {
        lock.lock();
        try {
            return rings;
        } finally {
            lock.unlock();
        }
    }

    /** @return false if the thread is to stop */
    private boolean waited(long heard, long nanos) {
        try {
            Thread.sleep(BREATH);
            lock.lockInterruptibly();
            try {
                long left = nanos - BREATH.toNanos();
                while (rings == heard && left > 0) {
                    left = rung.awaitNanos(left);
                }
                return true;
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
