package org.glassmap.structures.contents;

/** What sort of thing a content id names. */
public enum ContentKind {
    STRUCTURE("structure"),
    METHOD("method"),
    CALCULATION("calculation"),
    LABEL("label"),
    DATASET("dataset"),
    ARTIFACT("artifact");

    private final String word;

    ContentKind(String word) {
        this.word = word;
    }

    /** As ids begin. */
    public String word() {
        return word;
    }
}
