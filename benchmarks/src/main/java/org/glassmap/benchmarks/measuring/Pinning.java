package org.glassmap.benchmarks.measuring;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Keeps the calling thread, and the programs it starts, on one core while it is open; compilers and collectors stay free.
 * Where the system cannot do it (it is Linux that can) nothing happens.
 */
public final class Pinning implements AutoCloseable {

    private static final boolean POSSIBLE = System.getProperty("os.name").equals("Linux");
    private static final int WORDS = 16;

    private final long[] before;

    private Pinning(long[] before) {
        this.before = before;
    }

    /** To the last core the thread may use: the first ones are the system's favourites. */
    public static Pinning toOneCore() {
        long[] allowed = POSSIBLE ? affinity("sched_getaffinity", new long[WORDS]) : new long[WORDS];
        if (POSSIBLE) {
            long[] one = new long[WORDS];
            for (int word = WORDS - 1; word >= 0; word--) {
                if (allowed[word] != 0) {
                    one[word] = Long.highestOneBit(allowed[word]);
                    break;
                }
            }
            affinity("sched_setaffinity", one);
        }
        return new Pinning(allowed);
    }

    private static long[] affinity(String function, long[] mask) {
        Linker linker = Linker.nativeLinker();
        MethodHandle call = linker.downcallHandle(
                linker.defaultLookup().findOrThrow(function),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment words = arena.allocateFrom(JAVA_LONG, mask);
            int code = (int) call.invokeExact(0, 8L * WORDS, words);
            if (code < 0) {
                throw new IllegalStateException(function + " fails");
            }
            return words.toArray(JAVA_LONG);
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(function + " cannot be called", e);
        }
    }

    @Override
    public void close() {
        if (POSSIBLE) {
            affinity("sched_setaffinity", before);
        }
    }
}
