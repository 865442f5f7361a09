package org.glassmap.core.formats;

/**
 * Where in a file something stands.
 *
 * @param format the format's name, for people: {@code extended XYZ}
 * @param entry the name of the archive's entry; empty outside an archive
 * @param frame which structure of the file, from 1; 0 where the format holds one
 * @param line from 1; 0 where there are no lines to speak of
 */
public record Place(String format, String entry, int frame, long line) implements java.io.Serializable {

    static Place in(String format) {
        return new Place(format, "", 0, 0);
    }

    Place inEntry(String name) {
        return new Place(format, name, frame, line);
    }

    Place inFrame(int number) {
        return new Place(format, entry, number, line);
    }

    Place atLine(long number) {
        return new Place(format, entry, frame, number);
    }

    @Override
    public String toString() {
        return format
                + (entry.isEmpty() ? "" : ", entry '%s'".formatted(Printable.abbreviated(entry)))
                + (frame == 0 ? "" : ", frame " + frame)
                + (line == 0 ? "" : ", line " + line);
    }
}
