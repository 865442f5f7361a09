package org.glassmap.benchmarks.measuring;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where it was measured.
 *
 * @param load of the last minute before; above 1 something else was running
 */
public record Machine(String processor, int cores, String system, String jvm, double load) {

    public static Machine here() {
        return new Machine(
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static String processorName() {
        Path information = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(information)) {
            return "processor not told";
        }
        try {
            return Files.readAllLines(information).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("processor not told");
        } catch (IOException e) {
            return "processor not told: " + e.getMessage();
        }
    }

    @Override
    public String toString() {
        return "%s, %d cores; %s; %s; load %.1f".formatted(processor, cores, system, jvm, load);
    }
}
