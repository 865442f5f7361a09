package org.glassmap.core.learning;

/** Thrown where a file is not the potential it should be. The message names the place, the value and what would be right. */
public final class PotentialFileException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String place;

    /** @param place where in the file: {@code record 9}, {@code line 3}, {@code byte 1024} */
    PotentialFileException(String place, String message) {
        super(place + ": " + message);
        this.place = place;
    }

    PotentialFileException(String place, String message, Throwable cause) {
        super(place + ": " + message, cause);
        this.place = place;
    }

    public String place() {
        return place;
    }
}
