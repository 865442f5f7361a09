package org.glassmap.structures.labels;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.glassmap.structures.contents.ContentId;
import org.glassmap.structures.contents.ContentKind;
import org.glassmap.structures.contents.Doubles;
import org.jspecify.annotations.Nullable;

/** What a method says of a structure: one training datum. Immutable; arrays are copied in and out. */
public final class Label {

    private final ContentId id;
    private final ContentId structure;
    private final ContentId method;
    private final double energy;
    private final double @Nullable [] forces;
    private final double @Nullable [] stress;

    private Label(
            ContentId structure,
            ContentId method,
            double energy,
            double @Nullable [] forces,
            double @Nullable [] stress) {
        this.structure = structure;
        this.method = method;
        this.energy = energy;
        this.forces = forces;
        this.stress = stress;
        this.id = ContentId.of(ContentKind.LABEL, canonical());
    }

    /**
     * The label of these values. Its id is the sha-256 of the line {@code glassmap-label-1}, the ids of structure and
     * method on a line each, the energy, a byte 1 and the forces or a byte 0, a byte 1 and the stress or a byte 0;
     * numbers are big-endian IEEE doubles, −0 read as 0.
     *
     * @param energy eV, of the whole cell
     * @param forces {@code [3n]}, eV/Å; null where the source has none
     * @param stress {@code [9]}, eV/Å³, row by row, tension positive; null where the source has none
     * @throws IllegalArgumentException if a number is not finite
     */
    public static Label of(
            ContentId structure,
            ContentId method,
            double energy,
            double @Nullable [] forces,
            double @Nullable [] stress) {
        return new Label(
                structure, method, finite("energy", energy), finite("forces", forces), finite("stress", stress));
    }

    public ContentId id() {
        return id;
    }

    public ContentId structure() {
        return structure;
    }

    public ContentId method() {
        return method;
    }

    /** eV, of the whole cell. */
    public double energy() {
        return energy;
    }

    /** {@code [3n]}, eV/Å; null where the source has none. */
    public double @Nullable [] forces() {
        return forces == null ? null : forces.clone();
    }

    /** {@code [9]}, eV/Å³, row by row, tension positive; null where the source has none. */
    public double @Nullable [] stress() {
        return stress == null ? null : stress.clone();
    }

    private static double finite(String field, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("%s must be finite, got %s".formatted(field, value));
        }
        return value + 0.0; // −0 becomes 0
    }

    private static double @Nullable [] finite(String field, double @Nullable [] values) {
        if (values == null) {
            return null;
        }
        double[] copy = values.clone();
        for (int k = 0; k < copy.length; k++) {
            copy[k] = finite(field, copy[k]);
        }
        return copy;
    }

    private byte[] canonical() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("glassmap-label-1\n%s\n%s\n".formatted(structure, method).getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(ByteBuffer.allocate(Double.BYTES).putDouble(energy).array());
        append(out, forces);
        append(out, stress);
        return out.toByteArray();
    }

    private static void append(ByteArrayOutputStream out, double @Nullable [] numbers) {
        byte[] bytes = Doubles.bytes(numbers);
        out.write(bytes == null ? 0 : 1);
        if (bytes != null) {
            out.writeBytes(bytes);
        }
    }
}
