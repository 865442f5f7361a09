package org.glassmap.contract.access;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A project to be made.
 *
 * @param name 1 to 60 letters, digits, dots, hyphens and underscores, beginning with a letter or digit
 * @param sharesResults true unless said otherwise, see {@link ProjectDocument}
 */
public record NewProject(String name, @Nullable Boolean sharesResults) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,59}");

    public NewProject {
        if (name == null || !NAME.matcher(name).matches() || name.startsWith("project-")) {
            throw new IllegalArgumentException("name must be 1 to 60 letters, digits, dots, hyphens and underscores,"
                    + " begin with a letter or digit and not with project-, got " + name);
        }
    }

    public boolean shares() {
        return sharesResults == null || sharesResults;
    }
}
