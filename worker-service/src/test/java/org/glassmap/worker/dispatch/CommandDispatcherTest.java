package org.glassmap.worker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.glassmap.contract.agents.Lease;
import org.glassmap.worker.Leases;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CommandDispatcherTest {

    private static final Lease LEASE = Leases.statics("lease-1", Leases.lithiumSulphide());

    private final CommandDispatcher dispatcher = new CommandDispatcher(List.of());

    @TempDir
    Path directory;

    private Path folder = Path.of("");

    @BeforeEach
    void work() throws Exception {
        folder = Files.createDirectory(directory.resolve("work"));
    }

    @Test
    void theExitCodeIsToldAsItWas() throws Exception {
        assertThat(start("sh", "-c", "exit 3").await()).isEqualTo(new Running.Exit.Ended(3));
        assertThat(folder.resolve("exit-code")).hasContent("3");
    }

    @Test
    void wordsReachTheCommandAsTheyAre() throws Exception {
        start("printf", "%s|", "it's", "$HOME", "a b", "`id`", "\\").await();
        assertThat(folder.resolve("output.txt")).hasContent("it's|$HOME|a b|`id`|\\|");
    }

    @Test
    void theCommandKnowsItsLease() throws Exception {
        start("sh", "-c", "echo $GLASSMAP_LEASE").await();
        assertThat(folder.resolve("output.txt")).hasContent("lease-1");
    }

    @Test
    void aCommandThatLivesIsAdopted() throws Exception {
        start("sh", "-c", "sleep 2; exit 4");
        awaitMark("process");
        CommandDispatcher afterRestart = new CommandDispatcher(List.of());
        assertThat(afterRestart.adopt(LEASE, folder).orElseThrow().await()).isEqualTo(new Running.Exit.Ended(4));
    }

    @Test
    void aCommandThatEndedUnseenIsRead() throws Exception {
        start("sh", "-c", "exit 0").await();
        assertThat(new CommandDispatcher(List.of())
                        .adopt(LEASE, folder)
                        .orElseThrow()
                        .await())
                .isEqualTo(new Running.Exit.Ended(0));
    }

    @Test
    void aCommandThatWasKilledLeavesNothingToAdopt() throws Exception {
        Running running = start("sleep", "100");
        long pid = pid();
        ProcessHandle.of(pid).orElseThrow().descendants().forEach(ProcessHandle::destroyForcibly);
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        // Either the script wrote its mark in time, or it died before.
        assertThat(running.await()).isInstanceOfAny(Running.Exit.Vanished.class, Running.Exit.Ended.class);
    }

    @Test
    void whatDiedIsRunAgainInACleanFolder() throws Exception {
        start("sleep", "100");
        ProcessHandle script = ProcessHandle.of(pid()).orElseThrow();
        List<ProcessHandle> all = new ArrayList<>(script.descendants().toList());
        script.destroyForcibly(); // first, so that it cannot write its mark
        script.onExit().join();
        all.forEach(ProcessHandle::destroyForcibly);
        assertThat(dispatcher.adopt(LEASE, folder)).isEmpty();
        assertThat(folder).isEmptyDirectory();
        assertThat(start("sh", "-c", "exit 5").await()).isEqualTo(new Running.Exit.Ended(5));
    }

    @Test
    void aScriptThatHadNotBegunDoesNotRunAnyMore() throws Exception {
        Files.writeString(folder.resolve("job.sh"), JobScript.of(List.of("touch", "../ran"), Map.of()));
        assertThat(dispatcher.adopt(LEASE, folder)).isEmpty();
        Path aside = folder.resolveSibling(folder.getFileName() + "-died-1");
        assertThat(new ProcessBuilder("sh", "job.sh")
                        .directory(aside.toFile())
                        .start()
                        .waitFor())
                .isEqualTo(75);
        assertThat(folder.resolveSibling("ran")).doesNotExist();
    }

    @Test
    void aNumberUsedAgainIsNotTakenForTheCommand() throws Exception {
        Files.writeString(folder.resolve("job.sh"), "");
        Files.createDirectory(folder.resolve("claimed"));
        Files.writeString(folder.resolve("process"), ProcessHandle.current().pid() + " 1\n");
        assertThat(dispatcher.adopt(LEASE, folder)).isEmpty();
    }

    @Test
    void twoScriptsOfOneLeaseDoNotBothRun() throws Exception {
        start("sh", "-c", "echo once >> runs; sleep 1").await();
        new ProcessBuilder("sh", "job.sh").directory(folder.toFile()).start().waitFor();
        assertThat(folder.resolve("runs")).hasContent("once");
    }

    @Test
    void cancellingEndsTheCommandAndItsChildren() throws Exception {
        Running running = start("sh", "-c", "sleep 100 & echo $! > child; wait");
        awaitMark("child");
        long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
        running.cancel();
        assertThat(running.await()).isEqualTo(new Running.Exit.Cancelled());
        // A signal takes its moment to arrive; a deaf child is killed ten seconds later.
        ProcessHandle.of(child)
                .ifPresent(process ->
                        process.onExit().orTimeout(20, TimeUnit.SECONDS).join());
    }

    @Test
    void theCancelCommandRunsInTheFolder() throws Exception {
        CommandDispatcher slurm = new CommandDispatcher(List.of("sh", "-c", "echo $GLASSMAP_LEASE > cancelled"));
        Running running = slurm.start(new Work.Command(List.of("sleep", "100")), LEASE, folder);
        awaitMark("process");
        running.cancel();
        assertThat(running.await()).isEqualTo(new Running.Exit.Cancelled());
        assertThat(folder.resolve("cancelled")).hasContent("lease-1");
    }

    private Running start(String... words) throws Exception {
        return dispatcher.start(new Work.Command(List.of(words)), LEASE, folder);
    }

    private long pid() throws Exception {
        awaitMark("process");
        return Long.parseLong(Files.readString(folder.resolve("process")).split(" ", -1)[0]);
    }

    private void awaitMark(String name) throws Exception {
        while (!Files.exists(folder.resolve(name)) || Files.size(folder.resolve(name)) == 0) {
            Thread.sleep(Duration.ofMillis(20));
        }
    }
}
