package org.glassmap.benchmarks.measuring;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;

/**
 * Other people's programs, with the time the processor gave to them. By POSIX's {@code getrusage}, which knows of
 * children that have ended; Java's own handles forget it when they do.
 */
public final class Programs {

    private static final int CHILDREN = -1;

    private Programs() {}

    /**
     * Runs a program to its end, with one thread for those that would take more.
     *
     * @param output of it, written
     * @return seconds of the processor, its own and the system's for it
     * @throws IllegalStateException if it does not end well
     */
    public static double seconds(Path folder, Path output, List<String> command) {
        double before = childrenSeconds();
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().put("OPENBLAS_NUM_THREADS", "1");
            builder.environment().put("OMP_NUM_THREADS", "1");
            int code = builder.start().waitFor();
            if (code != 0) {
                throw new IllegalStateException("%s ends with %d; see %s".formatted(command.getFirst(), code, output));
            }
        } catch (IOException e) {
            throw new IllegalStateException(command.getFirst() + " cannot be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + command.getFirst() + " runs", e);
        }
        return childrenSeconds() - before;
    }

    /** User and system time of all children that have ended and were waited for. */
    private static double childrenSeconds() {
        Linker linker = Linker.nativeLinker();
        MethodHandle usage = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("getrusage"), FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            // struct rusage begins with two timevals, user and system, each of two longs; 14 more longs follow.
            MemorySegment answer = arena.allocate(JAVA_LONG, 18);
            int code = (int) usage.invokeExact(CHILDREN, answer);
            if (code != 0) {
                throw new IllegalStateException("getrusage fails");
            }
            double seconds = answer.getAtIndex(JAVA_LONG, 0) + answer.getAtIndex(JAVA_LONG, 2);
            return seconds + 1e-6 * (answer.getAtIndex(JAVA_LONG, 1) + answer.getAtIndex(JAVA_LONG, 3));
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("getrusage cannot be called", e);
        }
    }
}
