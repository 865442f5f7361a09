package org.glassmap.support.contracts;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The written document of the API, asked whether an answer is one that it knows: path and verb, status, media type, and
 * the body by its schema. Readers ignore fields that they do not know, servers must not send any: every object with named
 * properties is closed here.
 */
public final class ApiContract {

    /** Answers of any path: nobody is there, nobody may, or not in this way. */
    private static final Set<Integer> OF_ANY_PATH = Set.of(401, 404, 405);

    private static final int MOST_FAULTS = 5;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JsonNode document;
    private final List<Path> paths = new ArrayList<>();
    private final SchemaRegistry registry = SchemaRegistry.withDialect(Dialects.getOpenApi31());
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    private record Path(List<String> segments, JsonNode operations) {

        boolean fits(List<String> asked) {
            if (asked.size() != segments.size()) {
                return false;
            }
            for (int k = 0; k < segments.size(); k++) {
                if (!isParameter(segments.get(k)) && !segments.get(k).equals(asked.get(k))) {
                    return false;
                }
            }
            return true;
        }

        long parameters() {
            return segments.stream().filter(Path::isParameter).count();
        }

        private static boolean isParameter(String segment) {
            return segment.startsWith("{");
        }
    }

    private ApiContract(JsonNode document) {
        this.document = document;
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            paths.add(new Path(segments(path.getKey()), path.getValue()));
        }
        paths.sort(Comparator.comparingLong(Path::parameters)); // a name goes before a parameter
    }

    /** The one of this build. */
    public static ApiContract written() {
        try (InputStream in = ApiContract.class.getResourceAsStream("/openapi.yaml")) {
            String text = JSON.writeValueAsString(new Yaml().load(in));
            JsonNode document = JSON.readTree(text.replace("\"#/components/schemas/", "\"#/$defs/"));
            close(document.get("components").get("schemas"));
            close(document.get("paths"));
            return new ApiContract(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.get("properties") instanceof ObjectNode
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(ApiContract::close);
    }

    private static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }

    /** Verb and path of every operation whose first tag is one of these; names of parameters are left out. */
    public Set<String> routes(Set<String> tags) {
        Set<String> routes = new TreeSet<>();
        for (Path path : paths) {
            for (Map.Entry<String, JsonNode> operation : path.operations().properties()) {
                if (tags.contains(operation.getValue().path("tags").path(0).asString(""))) {
                    String bare = String.join("/", path.segments()).replaceAll("\\{[^}]*}", "{}");
                    routes.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + bare);
                }
            }
        }
        return routes;
    }

    /** Verb and path of everything that is served below {@code /v1}; names of parameters are left out. */
    public static Set<String> served(RequestMappingHandlerMapping mapping) {
        Set<String> routes = new TreeSet<>();
        mapping.getHandlerMethods()
                .keySet()
                .forEach(info -> info.getPatternValues().stream()
                        .filter(path -> path.startsWith("/v1/"))
                        .forEach(path -> info.getMethodsCondition()
                                .getMethods()
                                .forEach(verb -> routes.add(verb + " " + path.replaceAll("\\{[^}]*}", "{}")))));
        return routes;
    }

    /**
     * @param path without the query
     * @param mediaType of the answer
     * @param body of the answer; absent where it was not seen whole
     * @return what the document does not know of this answer; nothing if it knows all
     */
    public List<String> faults(
            String verb, String path, int status, @Nullable String mediaType, byte @Nullable [] body) {
        String what = "%s %s → %d %s".formatted(verb, path, status, mediaType);
        Optional<JsonNode> operation = operation(verb, path);
        if (operation.isEmpty()) {
            return OF_ANY_PATH.contains(status) ? List.of() : List.of(what + ": the path is not written");
        }
        JsonNode response = operation.get().path("responses").path(Integer.toString(status));
        if (response.isMissingNode()) {
            return status == 405 ? List.of() : List.of(what + ": the status is not written");
        }
        return bodyFaults(resolved(response).path("content"), mediaType, body).stream()
                .map(fault -> what + ": " + fault)
                .toList();
    }

    /**
     * What a server took must be written, too: whoever reads the document could not have known it otherwise.
     *
     * @param path without the query
     * @param status of the answer: what was refused may be anything
     * @param mediaType of the request
     * @param body of the request
     * @return what the document does not know of a request that was taken; nothing if it knows all
     */
    public List<String> requestFaults(String verb, String path, int status, @Nullable String mediaType, byte[] body) {
        Optional<JsonNode> operation = operation(verb, path);
        if (status >= 400 || body.length == 0 || operation.isEmpty()) {
            return List.of();
        }
        JsonNode content = resolved(operation.get().path("requestBody")).path("content");
        return bodyFaults(content, mediaType, body).stream()
                .map(fault -> "%s %s ← %s: %s".formatted(verb, path, mediaType, fault))
                .toList();
    }

    private Optional<JsonNode> operation(String verb, String path) {
        List<String> asked = segments(path);
        return paths.stream()
                .filter(known -> known.fits(asked))
                .map(known -> known.operations().path(verb.toLowerCase(Locale.ROOT)))
                .filter(JsonNode::isObject)
                .findFirst();
    }

    private JsonNode resolved(JsonNode node) {
        JsonNode reference = node.get("$ref");
        return reference == null ? node : document.at(reference.asString().substring(1));
    }

    private List<String> bodyFaults(JsonNode content, @Nullable String mediaType, byte @Nullable [] body) {
        if (body == null) {
            return List.of();
        }
        if (content.isMissingNode() || content.isEmpty()) {
            return body.length == 0 ? List.of() : List.of("a body, where none is written");
        }
        if (mediaType == null) {
            return List.of("no media type");
        }
        MediaType type = MediaType.parseMediaType(mediaType);
        for (Map.Entry<String, JsonNode> written : content.properties()) {
            if (MediaType.parseMediaType(written.getKey()).includes(type)) {
                return schemaFaults(written.getValue().path("schema"), type, body);
            }
        }
        return List.of("the media type is not written");
    }

    private List<String> schemaFaults(JsonNode schema, MediaType type, byte[] body) {
        String subtype = type.getSubtype();
        String text = new String(body, StandardCharsets.UTF_8);
        if (subtype.equals("x-ndjson")) {
            return text.lines()
                    .flatMap(line -> jsonFaults(schema, line).stream())
                    .limit(MOST_FAULTS)
                    .toList();
        }
        return subtype.equals("json") || subtype.endsWith("+json") ? jsonFaults(schema, text) : List.of();
    }

    private List<String> jsonFaults(JsonNode schema, String text) {
        try {
            return compiled(schema).validate(JSON.readTree(text)).stream()
                    .limit(MOST_FAULTS)
                    .map(error -> error + " in " + shortened(text))
                    .toList();
        } catch (JacksonException e) {
            return List.of("no JSON: " + shortened(text));
        }
    }

    /** The schema with all that have names beneath it, to which its references lead. */
    private Schema compiled(JsonNode schema) {
        return schemas.computeIfAbsent(schema.toString(), _ -> {
            ObjectNode whole = JSON.createObjectNode();
            whole.set("$defs", document.get("components").get("schemas"));
            ArrayNode all = whole.putArray("allOf");
            all.add(schema);
            return registry.getSchema(whole);
        });
    }

    private static String shortened(String text) {
        return text.length() > 300 ? text.substring(0, 300) + "…" : text;
    }
}
