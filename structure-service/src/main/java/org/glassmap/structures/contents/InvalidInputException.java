package org.glassmap.structures.contents;

import org.jspecify.annotations.Nullable;

/** Thrown where a request says something that cannot be: names the field, the value that stood there and a remedy. */
public final class InvalidInputException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_VALUE = 120;

    private final String field;
    private final @Nullable String value;
    private final String detail;
    private final String remedy;

    /**
     * @param field a JSON pointer into the body, or the name of a parameter
     * @param value as it stood; kept in shortened form; null where nothing did
     * @param detail what is wrong, a verb first: {@code "must be positive"}
     * @param remedy what would be right
     */
    public InvalidInputException(String field, @Nullable Object value, String detail, String remedy) {
        super("%s %s%s; %s".formatted(field, detail, value == null ? "" : ", got '" + shortened(value) + "'", remedy));
        this.field = field;
        this.value = value == null ? null : shortened(value);
        this.detail = detail;
        this.remedy = remedy;
    }

    private static String shortened(Object value) {
        String text = String.valueOf(value);
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
    }

    /** The same finding, said of a part of something larger. */
    public InvalidInputException within(String pointer) {
        return new InvalidInputException(pointer + field, value, detail, remedy);
    }

    public String field() {
        return field;
    }

    public @Nullable String value() {
        return value;
    }

    public String detail() {
        return detail;
    }

    public String remedy() {
        return remedy;
    }
}
