package org.glassmap.standalone.commands;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.glassmap.standalone.supervision.JavaProcess;
import org.glassmap.standalone.supervision.Role;
import org.glassmap.worker.WorkerApplication;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A worker beside a cluster, in the foreground: for a login node's systemd, screen or tmux. */
@Command(
        name = "worker",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a worker here, in the foreground, for a Glassmap on this machine or another.",
            "Its settings are read from a file worker-service.yaml; docs/guide tells what stands in it. It asks for all it"
                    + " does and opens no port. Ended, or killed, it goes on where it was when it is started again."
        })
public final class WorkerCommand implements Callable<Integer> {
    @Option(
            names = "--settings",
            paramLabel = "FOLDER",
            description =
                    "Where worker-service.yaml is; paths in it are taken from there. Default: the current folder.")
    private Path folder = Path.of("");

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(JavaProcess.java(Role.WORKER));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), WorkerApplication.class.getName()));
        Process worker = new ProcessBuilder(command)
                .directory(folder.toAbsolutePath().toFile())
                .inheritIO()
                .start();
        // Whoever ends this process means the worker.
        Runtime.getRuntime().addShutdownHook(new Thread(worker::destroy));
        return worker.waitFor();
    }
}
