package org.glassmap.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.Yaml;

/** The written document of the API, read for its operations. */
final class ApiDocument {

    private static final Set<String> VERBS = Set.of("get", "put", "post", "delete", "patch");

    private ApiDocument() {}

    /**
     * @param path with its parameters in braces
     * @param id {@code operationId}
     * @param tag the first
     */
    record Operation(String verb, String path, String id, String tag) {

        /** Verb and path without the parameters' names. */
        String route() {
            return verb + " " + path.replaceAll("\\{[^}]*}", "{}");
        }
    }

    static List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        for (Map.Entry<?, ?> path : map(read().get("paths")).entrySet()) {
            for (Map.Entry<?, ?> verb : map(path.getValue()).entrySet()) {
                if (VERBS.contains(verb.getKey().toString())) {
                    Map<?, ?> operation = map(verb.getValue());
                    operations.add(new Operation(
                            verb.getKey().toString().toUpperCase(Locale.ROOT),
                            path.getKey().toString(),
                            operation.get("operationId").toString(),
                            ((List<?>) operation.get("tags")).getFirst().toString()));
                }
            }
        }
        return operations;
    }

    /** The tags that have a description. */
    static List<String> tags() {
        return ((List<?>) read().get("tags"))
                .stream().map(tag -> map(tag).get("name").toString()).toList();
    }

    private static Map<?, ?> read() {
        try (InputStream in = ApiDocument.class.getResourceAsStream("/openapi.yaml")) {
            return map(new Yaml().load(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<?, ?> map(Object node) {
        return (Map<?, ?>) node;
    }
}
