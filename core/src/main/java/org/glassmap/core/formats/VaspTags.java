package org.glassmap.core.formats;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * VASP's settings by tag, as text. Immutable; tags in capitals, in the order of the file, the first of equal tags
 * counts: vasprun.xml has a second {@code NELM} among its response functions that is another thing.
 */
public final class VaspTags {

    /** None. */
    public static final VaspTags NONE = new VaspTags(Map.of());

    private final Map<String, String> values;

    private VaspTags(Map<String, String> values) {
        this.values = values;
    }

    /** Copies. */
    public static VaspTags of(Map<String, String> values) {
        Map<String, String> copy = new LinkedHashMap<>();
        values.forEach((tag, value) -> copy.putIfAbsent(tag.toUpperCase(Locale.ROOT), value.strip()));
        return new VaspTags(Collections.unmodifiableMap(copy));
    }

    public Map<String, String> values() {
        return values;
    }

    /** Empty where the tag is missing or has no value. */
    public Optional<String> text(String tag) {
        return Optional.ofNullable(values.get(tag)).filter(value -> !value.isEmpty());
    }

    public OptionalInt whole(String tag) {
        @Nullable String value = values.get(tag);
        return value == null ? OptionalInt.empty() : Whole.read(value);
    }

    public OptionalDouble number(String tag) {
        @Nullable String value = values.get(tag);
        return value == null ? OptionalDouble.empty() : Decimal.read(value);
    }

    /** Fortran's {@code T}, {@code .TRUE.} and the like; false where the tag is missing. */
    public boolean isTrue(String tag) {
        String value = text(tag).orElse("F").toUpperCase(Locale.ROOT);
        return value.startsWith("T") || value.startsWith(".T");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VaspTags tags && values.equals(tags.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
