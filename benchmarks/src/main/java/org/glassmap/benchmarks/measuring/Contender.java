package org.glassmap.benchmarks.measuring;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** One of several ways to do the same. */
@FunctionalInterface
public interface Contender {

    /** Does the work so often. @return seconds that one time took, of the processor unless said otherwise */
    double seconds(int repetitions);

    /** Work in the calling thread. */
    static Contender here(Runnable work) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return repetitions -> {
            long start = threads.getCurrentThreadCpuTime();
            for (int k = 0; k < repetitions; k++) {
                work.run();
            }
            return 1e-9 * (threads.getCurrentThreadCpuTime() - start) / repetitions;
        };
    }

    /** Work whose end the calling thread waits for: seconds by the clock on the wall. */
    static Contender waiting(Runnable work) {
        return repetitions -> {
            long start = System.nanoTime();
            for (int k = 0; k < repetitions; k++) {
                work.run();
            }
            return 1e-9 * (System.nanoTime() - start) / repetitions;
        };
    }
}
