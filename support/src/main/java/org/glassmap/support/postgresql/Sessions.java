package org.glassmap.support.postgresql;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Processes that do not hear what is typed at the terminal of whoever started them. */
final class Sessions {
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private Sessions() {}

    /**
     * The command in a session of its own, so that Ctrl-C in the starting terminal stops the starter only. Where there is
     * no {@code setsid} (macOS) the command as it is.
     */
    static List<String> detached(List<String> command) {
        if (!Files.isExecutable(SETSID)) {
            return command;
        }
        List<String> detached = new ArrayList<>();
        detached.add(SETSID.toString());
        detached.addAll(command);
        return detached;
    }
}
