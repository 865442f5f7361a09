package org.glassmap.core.learning;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.glassmap.core.atoms.Species;

/**
 * Fortran's unformatted records: length in bytes (int32), payload, length again; little-endian. A record's length is
 * compared with what it must be before anything is reserved for it.
 */
final class AenetBinaryItems implements AenetItems {

    private final ByteBuffer bytes;
    private int record;
    private String name = "";

    AenetBinaryItems(byte[] file) {
        this.bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public String place() {
        return "record %d (%s)".formatted(record, name);
    }

    private ByteBuffer next(String what, int length) {
        record++;
        name = what;
        requireLength(length, "begins");
        if (bytes.remaining() < length) {
            throw new PotentialFileException(
                    place(),
                    "%d bytes are needed, %d are left: the file is cut short".formatted(length, bytes.remaining()));
        }
        ByteBuffer payload = bytes.slice(bytes.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + length);
        requireLength(length, "ends");
        return payload;
    }

    private void requireLength(int expected, String where) {
        if (bytes.remaining() < 4) {
            throw new PotentialFileException(place(), "the file is cut short where the record " + where);
        }
        int mark = bytes.getInt();
        if (mark != expected) {
            throw new PotentialFileException(
                    place(),
                    "must have %d bytes, its mark says %d where it %s; this is no potential file of ænet, or a damaged one"
                            .formatted(expected, mark, where));
        }
    }

    @Override
    public int integer(String what) {
        return next(what, 4).getInt();
    }

    @Override
    public int[] integers(String what, int count) {
        int[] values = new int[count];
        next(what, 4 * count).asIntBuffer().get(values);
        return values;
    }

    @Override
    public double real(String what) {
        return finite(next(what, 8).getDouble());
    }

    @Override
    public double[] reals(String what, int count) {
        double[] values = new double[count];
        next(what, 8 * count).asDoubleBuffer().get(values);
        for (double value : values) {
            finite(value);
        }
        return values;
    }

    private double finite(double value) {
        if (!Double.isFinite(value)) {
            throw new PotentialFileException(place(), "numbers must be finite, got " + value);
        }
        return value;
    }

    @Override
    public boolean logical(String what) {
        return integer(what) != 0;
    }

    @Override
    public String text(String what, int length) {
        byte[] characters = new byte[length];
        next(what, length).get(characters);
        return new String(characters, StandardCharsets.ISO_8859_1).stripTrailing();
    }

    @Override
    public List<Species> species(String what, int count) {
        byte[] characters = new byte[2 * count];
        next(what, 2 * count).get(characters);
        List<Species> species = new ArrayList<>();
        for (int s = 0; s < count; s++) {
            String symbol = new String(characters, 2 * s, 2, StandardCharsets.ISO_8859_1).strip();
            try {
                species.add(Species.of(symbol));
            } catch (IllegalArgumentException e) {
                throw new PotentialFileException(place(), String.valueOf(e.getMessage()), e);
            }
        }
        return species;
    }

    @Override
    public int evaluations(int environment, int features) {
        integers("sfenv", 2 * features);
        return integer("neval");
    }

    @Override
    public void requireEnd() {
        if (bytes.hasRemaining()) {
            throw new PotentialFileException(
                    "byte " + bytes.position(), "%d bytes follow the last record".formatted(bytes.remaining()));
        }
    }
}
