package org.glassmap.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The time of day of an installation's processes, to be set while they run, for each of them alone; the machine's own stays
 * as it is. It takes a C compiler and Linux: a small library is preloaded.
 */
final class SettableClock {

    /** Whose clock; the order is that of the library. */
    enum Of {
        SERVICES,
        WORKER,
        POSTGRESQL,
        SUPERVISOR
    }

    private final Path library;
    private final Path offsets;

    private SettableClock(Path library, Path offsets) {
        this.library = library;
        this.offsets = offsets;
    }

    /** @return empty where there is no C compiler, or no Linux */
    static Optional<SettableClock> made(Path folder) throws IOException, InterruptedException {
        Path library = folder.resolve("settable_clock.so");
        Path source = Repository.root().resolve("system-tests/src/test/c/settable_clock.c");
        if (!System.getProperty("os.name").equals("Linux") || !works("cc", "--version")) {
            return Optional.empty();
        }
        Files.createDirectories(folder);
        assertThat(works("cc", "-O2", "-shared", "-fPIC", "-o", library.toString(), source.toString(), "-ldl"))
                .as("the library of the clock compiles")
                .isTrue();
        Path offsets = folder.resolve("offsets");
        Files.write(offsets, new byte[Of.values().length * Long.BYTES]);
        return Optional.of(new SettableClock(library, offsets));
    }

    private static boolean works(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // the program is not there
        }
    }

    /** For the process that starts the others. */
    Map<String, String> environment() {
        return Map.of("LD_PRELOAD", library.toString(), "GLASSMAP_TEST_CLOCK", offsets.toString());
    }

    /** @param by ahead of the machine's clock, in whole seconds */
    void set(Of whose, Duration by) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(by.toSeconds())
                .flip();
        try (FileChannel file = FileChannel.open(offsets, StandardOpenOption.WRITE)) {
            file.write(bytes, (long) whose.ordinal() * Long.BYTES);
        }
    }

    void setAll(Duration by) throws IOException {
        for (Of whose : Of.values()) {
            set(whose, by);
        }
    }
}
