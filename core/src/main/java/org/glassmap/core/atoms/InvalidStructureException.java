package org.glassmap.core.atoms;

/** Thrown where atoms or a cell cannot be what they are said to be. The message names the value and what would be right. */
public final class InvalidStructureException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String field;

    /** @param field the part of a structure that is wrong: {@code species}, {@code lattice}, {@code positions}, … */
    public InvalidStructureException(String field, String message) {
        super(message);
        this.field = field;
    }

    public String field() {
        return field;
    }
}
