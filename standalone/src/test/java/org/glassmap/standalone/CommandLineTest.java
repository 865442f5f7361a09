package org.glassmap.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void everyCommandExplainsItself() {
        List<String[]> commands = new ArrayList<>();
        collect(Main.commandLine(), List.of(), commands);
        assertThat(commands).hasSizeGreaterThan(12);
        for (String[] command : commands) {
            out.getBuffer().setLength(0);
            assertThat(run(command)).as(String.join(" ", command)).isZero();
            assertThat(out.toString()).as(String.join(" ", command)).contains("Usage: glassmap");
        }
    }

    private static void collect(CommandLine command, List<String> path, List<String[]> found) {
        List<String> help = new ArrayList<>(path);
        help.add("--help");
        found.add(help.toArray(String[]::new));
        command.getSubcommands().forEach((name, below) -> {
            List<String> longer = new ArrayList<>(path);
            longer.add(name);
            collect(below, longer, found);
        });
    }

    @Test
    void withoutACommandTheCommandsAreListed() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("up").contains("backup");
    }

    @Test
    void whereNothingIsInstalledTheWayToGetItIsTold(@TempDir Path folder) {
        assertThat(run("status", "--data", folder.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("There is no Glassmap in " + folder).contains("./glassmap up");
    }

    @Test
    void aFolderThatIsNoBackupIsNotRestored(@TempDir Path folder) {
        assertThat(run("restore", "--data", folder.resolve("new").toString(), folder.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("no complete backup");
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void aPortThatLeavesNoRoomForTheOthersIsRefused(@TempDir Path folder) {
        assertThat(run("up", "--data", folder.toString(), "--port", "65535")).isEqualTo(1);
        assertThat(err.toString()).contains("65535").contains("between 1024 and 65529");
    }
}
