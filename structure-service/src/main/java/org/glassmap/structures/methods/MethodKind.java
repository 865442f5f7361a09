package org.glassmap.structures.methods;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.glassmap.structures.contents.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** What is done at a level of theory. */
public enum MethodKind {
    STATIC("static"),
    RELAX("relax"),
    CELL_RELAX("cell-relax");

    private final String word;

    MethodKind(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public boolean relaxes() {
        return this != STATIC;
    }

    /** @throws InvalidInputException if there is no such kind */
    static MethodKind read(@Nullable String word) {
        for (MethodKind kind : values()) {
            if (kind.word.equals(word)) {
                return kind;
            }
        }
        throw new InvalidInputException(
                "/kind",
                word,
                "is no kind of method",
                "give one of " + Arrays.stream(values()).map(MethodKind::word).collect(Collectors.joining(", ")));
    }
}
