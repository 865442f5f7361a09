package org.glassmap.structures.methods;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.glassmap.contract.methods.MethodDocument;
import org.glassmap.structures.contents.CanonicalJson;
import org.glassmap.structures.contents.ContentId;
import org.glassmap.structures.contents.ContentKind;
import org.glassmap.structures.contents.InvalidInputException;

/**
 * A level of theory and what is done with it, all defaults filled in.
 *
 * @param canonical JSON of engine, kind and settings by RFC 8785: what the id is made of
 * @param levelOfTheory {@code level-<sha-256>} of engine and the settings that decide energies, by RFC 8785
 */
record Method(
        ContentId id,
        String engine,
        MethodKind kind,
        Map<String, Object> settings,
        String canonical,
        String levelOfTheory) {

    private static final List<EngineSchema> ENGINES =
            List.of(new PotentialSchema(), new VaspSchema(), new StatedSchema());

    /** @throws InvalidInputException naming the part that cannot be */
    static Method of(MethodDocument document) {
        EngineSchema engine = engine(document);
        MethodKind kind = MethodKind.read(document.kind());
        Map<String, Object> settings = engine.complete(kind, document.settings());
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("engine", engine.engine());
        whole.put("kind", kind.word());
        whole.put("settings", settings);
        Map<String, Object> deciding = Map.of("engine", engine.engine(), "settings", engine.decidingEnergies(settings));
        String canonical = canonical(whole);
        return new Method(
                ContentId.of(ContentKind.METHOD, canonical),
                engine.engine(),
                kind,
                settings,
                canonical,
                "level-" + ContentId.of(ContentKind.METHOD, canonical(deciding)).hash());
    }

    private static String canonical(Map<String, Object> document) {
        try {
            return CanonicalJson.of(document);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    "/settings", null, "cannot be written as JSON: " + e.getMessage(), "correct the value");
        }
    }

    private static EngineSchema engine(MethodDocument document) {
        return ENGINES.stream()
                .filter(schema -> schema.engine().equals(document.engine()))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "/engine",
                        document.engine(),
                        "is no engine that is known",
                        "give one of "
                                + ENGINES.stream().map(EngineSchema::engine).collect(Collectors.joining(", "))));
    }
}
