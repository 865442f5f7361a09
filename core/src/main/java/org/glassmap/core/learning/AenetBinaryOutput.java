package org.glassmap.core.learning;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.glassmap.core.atoms.Species;

/** As Fortran's unformatted records: length in bytes (int32), payload, length again; little-endian. */
final class AenetBinaryOutput implements AenetOutput {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    byte[] bytes() {
        return bytes.toByteArray();
    }

    private void record(ByteBuffer payload) {
        byte[] mark = ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(payload.capacity())
                .array();
        bytes.writeBytes(mark);
        bytes.writeBytes(payload.array());
        bytes.writeBytes(mark);
    }

    @Override
    public void integer(int value) {
        integers(value);
    }

    @Override
    public void integers(int... values) {
        ByteBuffer payload = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        payload.asIntBuffer().put(values);
        record(payload);
    }

    @Override
    public void real(double value) {
        reals(value);
    }

    @Override
    public void list(double... values) {
        reals(values);
    }

    @Override
    public void reals(double... values) {
        ByteBuffer payload = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        payload.asDoubleBuffer().put(values);
        record(payload);
    }

    @Override
    public void text(String text, int length, boolean padded) {
        record(ByteBuffer.wrap(fitted(text, length).getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Override
    public void species(List<Species> species) {
        String symbols = species.stream().map(s -> fitted(s.symbol(), 2)).collect(Collectors.joining());
        record(ByteBuffer.wrap(symbols.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Override
    public void logical(boolean value) {
        integers(value ? 1 : 0);
    }

    @Override
    public void featureEnvironments(int environment, int features) {
        integers(new int[2 * features]);
    }

    /** Cut or filled up with blanks to a length. */
    static String fitted(String text, int length) {
        return text.length() > length ? text.substring(0, length) : text + " ".repeat(length - text.length());
    }
}
