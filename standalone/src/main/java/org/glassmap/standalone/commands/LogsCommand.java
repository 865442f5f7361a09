package org.glassmap.standalone.commands;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.glassmap.standalone.installation.Installation;
import org.glassmap.standalone.installation.InstallationException;
import org.glassmap.standalone.supervision.Role;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the end of the logs. */
@Command(name = "logs", mixinStandardHelpOptions = true, description = "Shows the end of the logs.")
public final class LogsCommand implements Callable<Integer> {
    private static final long LOOKED_AT = 1 << 20;

    @Mixin
    private DataFolder data = new DataFolder();

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "supervisor, services, worker or postgresql. Default: all.")
    private @Nullable String name;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            description = "Lines of each. Default: ${DEFAULT-VALUE}")
    private int lines = 40;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on showing what is written, until Ctrl-C.")
    private boolean follow;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, Path> chosen = chosen(data.existing());
        PrintWriter out = spec.commandLine().getOut();
        Map<Path, Long> ends = new LinkedHashMap<>();
        for (Map.Entry<String, Path> log : chosen.entrySet()) {
            if (Files.exists(log.getValue())) {
                out.println("==> " + log.getKey() + " (" + log.getValue() + ")");
                ends.put(log.getValue(), showEnd(log.getValue(), out));
            }
        }
        while (follow) {
            out.flush();
            Thread.sleep(300);
            for (Map.Entry<Path, Long> end : ends.entrySet()) {
                end.setValue(showSince(end.getKey(), end.getValue(), out));
            }
        }
        return 0;
    }

    private Map<String, Path> chosen(Installation installation) {
        Map<String, Path> all = new LinkedHashMap<>();
        for (Role role : Role.values()) {
            all.put(role.word(), role.log(installation));
        }
        all.put("postgresql", installation.postgres().resolve("postgresql.log"));
        if (name == null) {
            return all;
        }
        Path one = all.get(name);
        if (one == null) {
            throw new InstallationException("There is no log named " + name + "; there are " + all.keySet());
        }
        return Map.of(name, one);
    }

    private long showEnd(Path file, PrintWriter out) throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long end = log.length();
            List<String> read =
                    text(log, Math.max(0, end - LOOKED_AT), end).lines().toList();
            read.subList(Math.max(0, read.size() - lines), read.size()).forEach(out::println);
            return end;
        }
    }

    private static long showSince(Path file, long since, PrintWriter out) throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long end = log.length();
            long start = since > end ? 0 : since; // it was cut in between
            if (end > start) {
                out.print(text(log, Math.max(start, end - LOOKED_AT), end));
            }
            return end;
        }
    }

    private static String text(RandomAccessFile log, long start, long end) throws IOException {
        byte[] bytes = new byte[(int) (end - start)];
        log.seek(start);
        log.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
