package org.glassmap.system;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/** {@code docker-compose.yml} as it is written: what each container runs, and with what environment. */
final class ComposeFile {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)(?::([?-])([^}]*))?}");

    private final Map<?, ?> document;

    private ComposeFile(Map<?, ?> document) {
        this.document = document;
    }

    static ComposeFile read() throws IOException {
        String text = Files.readString(Repository.root().resolve("docker-compose.yml"));
        return new ComposeFile((Map<?, ?>) new Yaml().load(text));
    }

    /** Main class by container, for those that run one of ours. */
    Map<String, String> mainClasses() {
        Map<String, String> classes = new LinkedHashMap<>();
        services().forEach((name, service) -> {
            Object command = ((Map<?, ?>) service).get("command");
            if (command != null) {
                classes.put(name.toString(), command.toString());
            }
        });
        return classes;
    }

    /** @param variables as in {@code .env} */
    Map<String, String> environment(String container, Map<String, String> variables) {
        Map<String, String> environment = new TreeMap<>();
        Object section = ((Map<?, ?>) services().get(container)).get("environment");
        ((Map<?, ?>) section)
                .forEach((name, value) -> environment.put(name.toString(), filled(value.toString(), variables)));
        return environment;
    }

    /** The names of all variables that the file asks {@code .env} for and that have no default. */
    Set<String> variables() {
        Set<String> names = new TreeSet<>();
        Matcher matcher = VARIABLE.matcher(document.toString());
        while (matcher.find()) {
            if (!"-".equals(matcher.group(2))) {
                names.add(matcher.group(1));
            }
        }
        return names;
    }

    Map<?, ?> service(String name) {
        return (Map<?, ?>) services().get(name);
    }

    private Map<?, ?> services() {
        return (Map<?, ?>) document.get("services");
    }

    private static String filled(String text, Map<String, String> variables) {
        return VARIABLE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found, variables)));
    }

    private static String value(MatchResult found, Map<String, String> variables) {
        String value = variables.get(found.group(1));
        if (value == null && "-".equals(found.group(2))) {
            return found.group(3);
        }
        if (value == null) {
            throw new IllegalArgumentException(found.group() + " is not set");
        }
        return value;
    }
}
