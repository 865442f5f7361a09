package org.glassmap.structures.methods;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an engine can be told, and what it does where it is told nothing. */
interface EngineSchema {

    /** Which steps of a relaxation become labels. */
    Pattern LABELS = Pattern.compile("last|first-and-last|every-[1-9]\\d{0,3}");

    String LABELS_REMEDY = "give last, first-and-last, or every-n such as every-10";

    String engine();

    /**
     * All physical settings.
     *
     * @param given as they were posted
     * @throws org.glassmap.structures.contents.InvalidInputException naming the setting that cannot be
     */
    Map<String, Object> complete(MethodKind kind, @Nullable Map<String, Object> given);

    /** Of complete settings those that decide the energy of a structure: equal ones may be mixed. */
    Map<String, Object> decidingEnergies(Map<String, Object> complete);
}
