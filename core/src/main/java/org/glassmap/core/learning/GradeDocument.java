package org.glassmap.core.learning;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.glassmap.core.atoms.Species;

/**
 * An extrapolation grade as a file beside its potential's. A potential is what computes, and a grade computes no energy:
 * it is no part of the potential's document nor of its id. The file begins with lines of text,
 *
 * <pre>
 *   glassmap-grade-1
 *   potential 0123…cdef
 *   species Li 48
 *   species P 48
 *   numbers 4802
 * </pre>
 *
 * (every species with the number of its features), and ends with that many big-endian IEEE doubles: for every species,
 * for each of features + 1 environments, the offset and the factors of its weight.
 */
public final class GradeDocument {

    /** A file larger than this is refused. */
    public static final int MAX_BYTES = 256 << 20;

    private static final String FORMAT = "glassmap-grade-1";

    private GradeDocument() {}

    /** @param potential id of the potential, 64 hexadecimal digits */
    public static byte[] write(ExtrapolationGrade grade, String potential) {
        StringBuilder head = new StringBuilder(FORMAT)
                .append("\npotential ")
                .append(potential)
                .append('\n');
        int numbers = 0;
        for (ExtrapolationGrade.OfSpecies part : grade.parts()) {
            head.append("species ").append(part.species().symbol()).append(' ');
            head.append(part.descriptor().size()).append('\n');
            numbers += (part.descriptor().size() + 1) * part.offsets().length;
        }
        head.append("numbers ").append(numbers).append('\n');
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(head.length() + 8 * numbers);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(head.toString().getBytes(StandardCharsets.US_ASCII));
            for (ExtrapolationGrade.OfSpecies part : grade.parts()) {
                for (int j = 0; j < part.offsets().length; j++) {
                    out.writeDouble(part.offsets()[j]);
                    for (double factor : part.factors()[j]) {
                        out.writeDouble(factor);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /**
     * @param potential the grade's own
     * @param id of it, 64 hexadecimal digits
     * @throws PotentialFileException if the bytes are no such file, or that of another potential
     */
    public static ExtrapolationGrade read(byte[] bytes, LearntPotential potential, String id) {
        StringBuilder head =
                new StringBuilder(FORMAT).append("\npotential ").append(id).append('\n');
        int numbers = 0;
        for (Species species : potential.species()) {
            int size =
                    potential.members().getFirst().network(species).descriptor().size();
            head.append("species ")
                    .append(species.symbol())
                    .append(' ')
                    .append(size)
                    .append('\n');
            numbers += (size + 1) * (size + 1);
        }
        byte[] expected =
                head.append("numbers ").append(numbers).append('\n').toString().getBytes(StandardCharsets.US_ASCII);
        if (bytes.length != expected.length + 8 * numbers) {
            throw new PotentialFileException(
                    "byte " + bytes.length,
                    "the grade of this potential has %d bytes".formatted(expected.length + 8 * numbers));
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        for (int k = 0; k < expected.length; k++) {
            if (in.get() != expected[k]) {
                throw new PotentialFileException("byte " + k, "this is not the grade of potential-" + id);
            }
        }
        List<ExtrapolationGrade.OfSpecies> parts = new ArrayList<>();
        try {
            for (Species species : potential.species()) {
                parts.add(part(
                        in,
                        species,
                        potential.members().getFirst().network(species).descriptor()));
            }
        } catch (IllegalArgumentException e) {
            throw new PotentialFileException("byte " + in.position(), String.valueOf(e.getMessage()), e);
        }
        return new ExtrapolationGrade(parts);
    }

    private static ExtrapolationGrade.OfSpecies part(ByteBuffer in, Species species, Descriptor descriptor) {
        int size = descriptor.size();
        double[][] factors = new double[size + 1][size];
        double[] offsets = new double[size + 1];
        for (int j = 0; j <= size; j++) {
            offsets[j] = in.getDouble();
            for (int f = 0; f < size; f++) {
                factors[j][f] = in.getDouble();
            }
        }
        return new ExtrapolationGrade.OfSpecies(species, descriptor, factors, offsets);
    }
}
