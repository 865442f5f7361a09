package org.glassmap.core.formats;

import org.glassmap.core.atoms.InvalidStructureException;

/** Thrown where a file does not say what its format asks: names the place, the field, the value found and a remedy. */
public final class FormatException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final Place place;
    private final String field;
    private final String value;
    private final String remedy;

    /**
     * @param field what was being read: {@code energy}, {@code Lattice}, {@code atom count}, …
     * @param complaint what is wrong with it, a verb first: {@code "must be finite"}
     * @param value what the file says, kept in abbreviated form
     * @param remedy what would be right
     */
    public FormatException(Place place, String field, String complaint, String value, String remedy) {
        super("%s: %s %s, got '%s'; %s".formatted(place, field, complaint, Printable.abbreviated(value), remedy));
        this.place = place;
        this.field = field;
        this.value = Printable.abbreviated(value);
        this.remedy = remedy;
    }

    private FormatException(Place place, InvalidStructureException cause) {
        super("%s: %s".formatted(place, cause.getMessage()), cause);
        this.place = place;
        this.field = cause.field();
        this.value = "";
        this.remedy = "correct the " + cause.field();
    }

    private FormatException(Place place, FormatException same) {
        super(place + same.requireMessage().substring(same.place.toString().length()), same.getCause());
        this.place = place;
        this.field = same.field;
        this.value = same.value;
        this.remedy = same.remedy;
    }

    /** What {@code cause} says, with the place in the file. */
    static FormatException of(Place place, InvalidStructureException cause) {
        return new FormatException(place, cause);
    }

    /** The same finding, said of an archive's entry. */
    FormatException inEntry(String name) {
        return new FormatException(place.inEntry(name), this);
    }

    private String requireMessage() {
        String message = getMessage();
        return message == null ? place.toString() : message;
    }

    public Place place() {
        return place;
    }

    public String field() {
        return field;
    }

    /** What the file says there, shortened and made printable; empty if nothing stands there. */
    public String value() {
        return value;
    }

    public String remedy() {
        return remedy;
    }
}
