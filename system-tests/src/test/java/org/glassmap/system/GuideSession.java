package org.glassmap.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** A shell or an interpreter that stays, as a reader's own: what one step sets, the next ones find. */
final class GuideSession implements AutoCloseable {

    private static final String END = "\u0004";
    private static final int PATIENCE_SECONDS = 600;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Runs a program a line, given as a JSON text, in one and the same namespace. */
    private static final String INTERPRETER = """
            import json, sys, traceback
            world = {"__name__": "__main__"}
            for number, line in enumerate(iter(sys.stdin.readline, "")):
                status = 0
                try:
                    exec(compile(json.loads(line), f"<block {number + 1}>", "exec"), world)
                except BaseException:
                    traceback.print_exc(file=sys.stdout)
                    status = 1
                print(f"\\x04{status}", flush=True)
            """;

    private final GuidePage.Language language;
    private final Process process;
    private final Writer in;
    private final BufferedReader out;
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());

    private GuideSession(GuidePage.Language language, List<String> command, Path folder, Map<String, String> variables)
            throws IOException {
        this.language = language;
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(variables);
        this.process = builder.start();
        this.in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static GuideSession shell(Path folder, Map<String, String> variables) throws IOException {
        return new GuideSession(
                GuidePage.Language.CONSOLE, List.of("bash", "--noprofile", "--norc"), folder, variables);
    }

    static GuideSession python(String python, Path folder, Map<String, String> variables) throws IOException {
        return new GuideSession(GuidePage.Language.PYTHON, List.of(python, "-u", "-c", INTERPRETER), folder, variables);
    }

    /** @param status 0 where all went well */
    record Said(String printed, int status) {}

    Said type(String source) throws IOException {
        var tooLong = watch.schedule(process::destroyForcibly, PATIENCE_SECONDS, TimeUnit.SECONDS);
        try {
            in.write(
                    switch (language) {
                        case CONSOLE -> "{\n" + source + "\n} </dev/null\nprintf '\\004%d\\n' $?\n";
                        case PYTHON -> JSON.writeValueAsString(source) + "\n";
                    });
            in.flush();
            return heard();
        } finally {
            tooLong.cancel(false);
        }
    }

    private Said heard() throws IOException {
        StringBuilder printed = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            int end = line.indexOf(END);
            if (end >= 0) {
                printed.append(line, 0, end);
                return new Said(printed.toString(), Integer.parseInt(line.substring(end + 1)));
            }
            printed.append(line).append('\n');
        }
        throw new AssertionError("the session ended, or took more than %d s:\n%s".formatted(PATIENCE_SECONDS, printed));
    }

    @Override
    public void close() throws IOException {
        watch.shutdownNow();
        in.close();
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
