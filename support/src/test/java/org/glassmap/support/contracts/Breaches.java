package org.glassmap.support.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** What the servers under test have answered against the document, and how many answers are on their way. */
final class Breaches {

    private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();
    private static final AtomicInteger UNDER_WAY = new AtomicInteger();

    private Breaches() {}

    static void begin() {
        UNDER_WAY.incrementAndGet();
    }

    static void end(List<String> faults) {
        FOUND.addAll(faults);
        UNDER_WAY.decrementAndGet();
    }

    static boolean someUnderWay() {
        return UNDER_WAY.get() > 0;
    }

    /** All so far; they are forgotten here. */
    static List<String> taken() {
        List<String> taken = new ArrayList<>();
        for (String breach = FOUND.poll(); breach != null; breach = FOUND.poll()) {
            taken.add(breach);
        }
        return taken;
    }
}
