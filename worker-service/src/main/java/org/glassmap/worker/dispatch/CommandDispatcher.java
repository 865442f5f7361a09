package org.glassmap.worker.dispatch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.glassmap.contract.agents.Lease;
import org.glassmap.worker.ledger.DurableFile;

/**
 * Starts commands through a {@link JobScript} in a session of their own: they outlive the agent, and an agent that comes
 * back finds them by the script's marks.
 */
public final class CommandDispatcher implements Dispatcher<Work.Command> {

    private static final Duration LOOK = Duration.ofMillis(200);

    /** From the start of the shell to its first mark. */
    private static final Duration BIRTH = Duration.ofSeconds(30);

    private static final Duration GRACE = Duration.ofSeconds(10);

    private final List<String> cancelCommand;

    /** @param cancelCommand run in the folder before the script's processes are ended; empty for none */
    public CommandDispatcher(List<String> cancelCommand) {
        this.cancelCommand = List.copyOf(cancelCommand);
    }

    @Override
    public Running start(Work.Command work, Lease lease, Path folder) throws IOException {
        String script = JobScript.of(work.words(), environment(lease));
        DurableFile.write(folder.resolve(JobScript.NAME), script.getBytes(StandardCharsets.UTF_8));
        new ProcessBuilder(detached("sh", JobScript.NAME))
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(nullDevice()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new Script(folder, environment(lease));
    }

    @Override
    public Optional<Running> adopt(Lease lease, Path folder) throws IOException, InterruptedException {
        if (!Files.exists(folder.resolve(JobScript.NAME))) {
            return Optional.empty();
        }
        if (!claimed(folder)) {
            Script script = new Script(folder, environment(lease));
            if (script.livesOrEnded()) {
                return Optional.of(script);
            }
        }
        setAside(folder);
        return Optional.empty();
    }

    /** Takes the script's own mark: one that is started but not yet under way finds it taken and does nothing. */
    private static boolean claimed(Path folder) throws IOException {
        try {
            Files.createDirectory(folder.resolve(JobScript.CLAIMED));
            return true;
        } catch (FileAlreadyExistsException theScriptWasThere) {
            return false;
        }
    }

    /** What died is kept beside its successor, until the lease is settled. */
    private static void setAside(Path folder) throws IOException {
        int number = 1;
        while (Files.exists(folder.resolveSibling(folder.getFileName() + "-died-" + number))) {
            number++;
        }
        Files.move(folder, folder.resolveSibling(folder.getFileName() + "-died-" + number));
        Files.createDirectory(folder);
    }

    private static Map<String, String> environment(Lease lease) {
        return Map.of("GLASSMAP_LEASE", lease.id(), "GLASSMAP_CALCULATION", lease.calculation());
    }

    /** In a session of its own where the system can: signals to the agent's group do not reach it. */
    private static List<String> detached(String... command) {
        List<String> words = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            words.add("/usr/bin/setsid");
        }
        words.addAll(List.of(command));
        return words;
    }

    private static java.io.File nullDevice() {
        return new java.io.File("/dev/null");
    }

    private final class Script implements Running {

        private final Path folder;
        private final Map<String, String> environment;
        private volatile boolean cancelled;

        Script(Path folder, Map<String, String> environment) {
            this.folder = folder;
            this.environment = environment;
        }

        boolean ended() {
            return Files.exists(folder.resolve(JobScript.EXIT_CODE));
        }

        /** Waits for the first mark of a script that has just begun. */
        boolean livesOrEnded() throws IOException, InterruptedException {
            long birth = System.nanoTime() + BIRTH.toNanos();
            while (!Files.exists(folder.resolve(JobScript.PROCESS)) && System.nanoTime() < birth) {
                Thread.sleep(LOOK);
            }
            boolean alive = process().isPresent(); // looked at first: the mark comes before the death
            return alive || ended();
        }

        /** The script's process, if it lives. */
        Optional<ProcessHandle> process() throws IOException {
            Path mark = folder.resolve(JobScript.PROCESS);
            if (!Files.exists(mark)) {
                return Optional.empty();
            }
            String[] words = Files.readString(mark).strip().split(" ", 2);
            long pid = Long.parseLong(words[0]);
            String started = words.length > 1 ? words[1] : "";
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(process -> started.equals(startOf(pid)));
        }

        @Override
        public Exit await() throws InterruptedException {
            long birth = System.nanoTime() + BIRTH.toNanos();
            try {
                while (true) {
                    boolean alive = process().isPresent(); // looked at first: the mark comes before the death
                    if (ended()) {
                        int code = Integer.parseInt(Files.readString(folder.resolve(JobScript.EXIT_CODE))
                                .strip());
                        return cancelled ? new Exit.Cancelled() : new Exit.Ended(code);
                    }
                    boolean unborn = !Files.exists(folder.resolve(JobScript.PROCESS)) && System.nanoTime() < birth;
                    if (!alive && !unborn) {
                        return cancelled ? new Exit.Cancelled() : new Exit.Vanished();
                    }
                    Thread.sleep(LOOK);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the marks in " + folder + " cannot be read", e);
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            Thread.ofVirtual().name("cancel").start(this::end);
        }

        private void end() {
            try {
                if (!cancelCommand.isEmpty()) {
                    ProcessBuilder builder = new ProcessBuilder(cancelCommand)
                            .directory(folder.toFile())
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD);
                    builder.environment().putAll(environment);
                    builder.start().waitFor(GRACE.toSeconds(), TimeUnit.SECONDS);
                }
                Optional<ProcessHandle> process = process();
                if (process.isPresent()) {
                    // The script's children first, so that it cannot go on to its next line with one of them alive.
                    List<ProcessHandle> all =
                            new ArrayList<>(process.get().descendants().toList());
                    all.add(process.get());
                    all.forEach(ProcessHandle::destroy);
                    Thread.sleep(GRACE);
                    all.forEach(ProcessHandle::destroyForcibly);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the command in " + folder + " cannot be ended", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public Progress progress() {
            return Progress.UNKNOWN;
        }
    }

    /** When the kernel started it, in the words of {@link JobScript}. */
    private static String startOf(long pid) {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        try {
            if (Files.exists(stat)) {
                return Files.readString(stat).split(" ", -1)[21];
            }
            Process ps = new ProcessBuilder("ps", "-o", "lstart=", "-p", Long.toString(pid)).start();
            return new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return ""; // it ended while we looked
        }
    }
}
