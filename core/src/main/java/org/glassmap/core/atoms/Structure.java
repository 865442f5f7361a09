package org.glassmap.core.atoms;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * Species and positions in a cell. Immutable; the order of the atoms is kept, positions are neither wrapped nor
 * rounded, and every number is finite with −0 read as 0.
 */
public final class Structure {

    private static final String HEAD = "glassmap-structure-1";

    private final Cell cell;
    private final Species[] species;
    private final double[] positions;

    private Structure(Cell cell, Species[] species, double[] positions) {
        this.cell = cell;
        this.species = species;
        this.positions = positions;
    }

    /**
     * @param positions {@code [3n]} Cartesian, Å; copied
     * @throws InvalidStructureException if there is no atom, the lengths disagree or a number is not finite
     */
    public static Structure of(Cell cell, List<Species> species, double[] positions) {
        return of(cell, species.toArray(Species[]::new), positions.clone());
    }

    /** As {@link #of}, from fractional coordinates {@code [3n]}. */
    public static Structure ofFractional(Cell cell, List<Species> species, double[] fractional) {
        double[] positions = fractional.clone();
        cell.toCartesian(positions);
        return of(cell, species.toArray(Species[]::new), positions);
    }

    private static Structure of(Cell cell, Species[] species, double[] positions) {
        if (species.length == 0) {
            throw new InvalidStructureException("species", "a structure needs at least one atom");
        }
        if (positions.length != 3 * species.length) {
            throw new InvalidStructureException(
                    "positions",
                    "positions must have 3 × %d numbers, got %d".formatted(species.length, positions.length));
        }
        for (int i = 0; i < positions.length; i++) {
            if (!Double.isFinite(positions[i])) {
                throw new InvalidStructureException(
                        "positions", "positions must be finite, got %s at atom %d".formatted(positions[i], i / 3 + 1));
            }
            positions[i] += 0.0; // −0 becomes 0
        }
        return new Structure(cell, species, positions);
    }

    public int size() {
        return species.length;
    }

    public Cell cell() {
        return cell;
    }

    public Species species(int i) {
        return species[i];
    }

    /** Of every atom, in order. */
    public List<Species> species() {
        return List.of(species);
    }

    /** Cartesian, Å, {@code [3n]}; a copy. */
    public double[] positions() {
        return positions.clone();
    }

    /** Component {@code axis} of the position of atom {@code i}, Å. */
    public double position(int i, int axis) {
        return positions[3 * i + axis];
    }

    /** Copies the positions, {@code [3n]}, Å, to the start of {@code into}. */
    public void copyPositions(double[] into) {
        System.arraycopy(positions, 0, into, 0, positions.length);
    }

    /** {@code [3n]}; needs a lattice. */
    public double[] fractional() {
        double[] points = positions.clone();
        cell.toFractional(points);
        return points;
    }

    public Composition composition() {
        return Composition.ofAtoms(species);
    }

    /** The same species in the same cell elsewhere; {@code [3n]}, Å, copied. */
    public Structure withPositions(double[] other) {
        return of(cell, species, other.clone());
    }

    /** Another cell; fractional coordinates are kept, so the atoms move with it. */
    public Structure withCellAndAtoms(Cell other) {
        double[] points = fractional();
        other.toCartesian(points);
        return of(other, species, points);
    }

    /** Both at once; Cartesian positions {@code [3n]}, Å, copied. */
    public Structure with(Cell other, double[] otherPositions) {
        return of(other, species, otherPositions.clone());
    }

    /** Only the atoms that are kept, in order. */
    public Structure keeping(IntPredicate kept) {
        int[] atoms = java.util.stream.IntStream.range(0, size()).filter(kept).toArray();
        Species[] keptSpecies = new Species[atoms.length];
        double[] keptPositions = new double[3 * atoms.length];
        for (int k = 0; k < atoms.length; k++) {
            keptSpecies[k] = species[atoms[k]];
            System.arraycopy(positions, 3 * atoms[k], keptPositions, 3 * k, 3);
        }
        return of(cell, keptSpecies, keptPositions);
    }

    /** A supercell, {@code na × nb × nc}. All images of an atom follow each other, c fastest. */
    public Structure repeated(int na, int nb, int nc) {
        int images = na * nb * nc;
        Species[] all = new Species[images * size()];
        double[] points = new double[3 * all.length];
        int k = 0;
        for (int i = 0; i < size(); i++) {
            for (int a = 0; a < na; a++) {
                for (int b = 0; b < nb; b++) {
                    for (int c = 0; c < nc; c++) {
                        all[k] = species[i];
                        for (int axis = 0; axis < 3; axis++) {
                            points[3 * k + axis] = position(i, axis)
                                    + a * cell.lattice(0, axis)
                                    + b * cell.lattice(1, axis)
                                    + c * cell.lattice(2, axis);
                        }
                        k++;
                    }
                }
            }
        }
        return of(cell.repeated(na, nb, nc), all, points);
    }

    /**
     * What the id is made of: the line {@code glassmap-structure-1\n}, the symbols joined by blanks and a line feed,
     * three bytes 0 or 1 for the periodic directions, then lattice {@code [9]} and positions {@code [3n]} as
     * big-endian IEEE doubles.
     */
    public byte[] canonicalBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 + 28 * size());
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            StringBuilder head = new StringBuilder(HEAD).append('\n');
            for (int i = 0; i < size(); i++) {
                head.append(i == 0 ? "" : " ").append(species[i].symbol());
            }
            out.write(head.append('\n').toString().getBytes(StandardCharsets.US_ASCII));
            for (int vector = 0; vector < 3; vector++) {
                out.writeByte(cell.periodic(vector) ? 1 : 0);
            }
            for (double value : cell.lattice()) {
                out.writeDouble(value);
            }
            for (double value : positions) {
                out.writeDouble(value);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /**
     * The structure that {@link #canonicalBytes} wrote.
     *
     * @throws InvalidStructureException if the bytes are no such form, whole and with nothing after it
     */
    public static Structure ofCanonicalBytes(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (!HEAD.equals(line(in))) {
            throw new InvalidStructureException("canonical form", "the bytes do not begin with the line " + HEAD);
        }
        Species[] species = Stream.of(line(in).split(" ", -1)).map(Species::of).toArray(Species[]::new);
        if (in.remaining() != 3 + 8 * (9 + 3 * species.length)) {
            throw new InvalidStructureException(
                    "canonical form",
                    "%d bytes follow the symbols, %d atoms need %d"
                            .formatted(in.remaining(), species.length, 3 + 8 * (9 + 3 * species.length)));
        }
        byte[] periodic = {in.get(), in.get(), in.get()};
        double[] lattice = new double[9];
        double[] positions = new double[3 * species.length];
        in.asDoubleBuffer().get(lattice).get(positions);
        Cell cell = Cell.of(lattice, periodic[0] == 1, periodic[1] == 1, periodic[2] == 1);
        return of(cell, species, positions);
    }

    private static String line(ByteBuffer in) {
        StringBuilder text = new StringBuilder();
        while (in.hasRemaining()) {
            char c = (char) in.get();
            if (c == '\n') {
                return text.toString();
            }
            text.append(c);
        }
        throw new InvalidStructureException("canonical form", "the bytes end within a line");
    }

    /** Sha-256 of {@link #canonicalBytes}, 64 hexadecimal digits. */
    public String hash() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonicalBytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Structure structure
                && cell.equals(structure.cell)
                && Arrays.equals(species, structure.species)
                && Arrays.equals(positions, structure.positions);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * cell.hashCode() + Arrays.hashCode(species)) + Arrays.hashCode(positions);
    }

    @Override
    public String toString() {
        return "Structure[%s, %s]".formatted(composition().formula(), cell);
    }
}
