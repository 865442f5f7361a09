package org.glassmap.structures.contents;

/** Thrown where a project asks for what is not there, or not for it: the two are told alike. */
public final class UnknownContentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String id;

    public UnknownContentException(String id) {
        super("nothing with the id '%s' is in this project".formatted(shortened(id)));
        this.id = shortened(id);
    }

    private static String shortened(String id) {
        return id.length() <= 100 ? id : id.substring(0, 100) + "…";
    }

    public String id() {
        return id;
    }
}
