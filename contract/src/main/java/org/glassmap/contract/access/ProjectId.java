package org.glassmap.contract.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Names a project.
 *
 * @param value {@code project-} and 32 hexadecimal digits, a UUID of version 7
 */
public record ProjectId(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("project-[0-9a-f]{32}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ProjectId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a project id is project- and 32 hexadecimal digits, got " + value);
        }
    }

    public static ProjectId of(UUID uuid) {
        return new ProjectId("project-" + uuid.toString().replace("-", ""));
    }

    @Override
    public String toString() {
        return value;
    }
}
