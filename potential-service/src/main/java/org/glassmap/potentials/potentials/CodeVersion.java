package org.glassmap.potentials.potentials;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Which Glassmap this is: part of what is needed to make a potential again. */
public final class CodeVersion {

    public static final String CURRENT = read();

    private CodeVersion() {}

    private static String read() {
        try (InputStream in = Objects.requireNonNull(
                CodeVersion.class.getResourceAsStream("/org/glassmap/potentials/code-version.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the version of this program cannot be read", e);
        }
    }
}
