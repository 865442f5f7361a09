package org.glassmap.worker.dispatch;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The shell script around a command. It leaves three marks in its folder:
 *
 * <ul>
 *   <li>{@code claimed/}, made atomically: of two scripts of one lease only one goes on;
 *   <li>{@code process}: its process id and the time the kernel started it, so that a number used again is not mistaken
 *       for it;
 *   <li>{@code exit-code}, moved into place whole, once the command has ended.
 * </ul>
 */
final class JobScript {

    static final String NAME = "job.sh";
    static final String CLAIMED = "claimed";
    static final String PROCESS = "process";
    static final String EXIT_CODE = "exit-code";
    static final String OUTPUT = "output.txt";

    private JobScript() {}

    static String of(List<String> words, Map<String, String> environment) {
        String exports = new TreeMap<>(environment)
                .entrySet().stream()
                        .map(e -> "export %s=%s\n".formatted(e.getKey(), quoted(e.getValue())))
                        .collect(Collectors.joining());
        String command = words.stream().map(JobScript::quoted).collect(Collectors.joining(" "));
        return """
                #!/bin/sh
                mkdir claimed 2>/dev/null || exit 75
                started=$(cut -d ' ' -f 22 /proc/$$/stat 2>/dev/null || ps -o lstart= -p $$)
                printf '%%s %%s\\n' "$$" "$started" > process.new
                mv process.new process
                %s%s > output.txt 2>&1
                code=$?
                echo $code > exit-code.new
                mv exit-code.new exit-code
                """.formatted(exports, command);
    }

    /** For sh: what stands between single quotes stands for itself. */
    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
