package org.glassmap.core.formats;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.Structure;
import org.jspecify.annotations.Nullable;

/**
 * A structure with what a file says of it: energy, forces, stress, and further keys. Immutable; arrays are copied in
 * and out.
 */
public final class Frame {

    private static final int LONGEST_KEY = 128;

    private final Structure structure;
    private final OptionalDouble energy;
    private final double @Nullable [] forces;
    private final double @Nullable [] stress;
    private final Map<String, String> metadata;

    private Frame(
            Structure structure,
            OptionalDouble energy,
            double @Nullable [] forces,
            double @Nullable [] stress,
            Map<String, String> metadata) {
        this.structure = structure;
        this.energy = energy;
        this.forces = forces;
        this.stress = stress;
        this.metadata = metadata;
    }

    /** An unlabelled structure. */
    public static Frame of(Structure structure) {
        return new Frame(structure, OptionalDouble.empty(), null, null, Map.of());
    }

    /** @param value eV, of the whole cell
     * @throws InvalidStructureException if it is not finite
     */
    public Frame withEnergy(double value) {
        if (!Double.isFinite(value)) {
            throw new InvalidStructureException("energy", "energy must be finite, got " + value);
        }
        return new Frame(structure, OptionalDouble.of(value), forces, stress, metadata);
    }

    /** @param values {@code [3n]}, eV/Å; copied
     * @throws InvalidStructureException if the length is wrong or a number is not finite
     */
    public Frame withForces(double[] values) {
        return new Frame(structure, energy, finite("forces", values, 3 * structure.size()), stress, metadata);
    }

    /** @param values {@code [9]}, eV/Å³, row by row, tension positive; copied
     * @throws InvalidStructureException if the length is wrong or a number is not finite
     */
    public Frame withStress(double[] values) {
        return new Frame(structure, energy, forces, finite("stress", values, 9), metadata);
    }

    /**
     * Further keys, replacing those there were; the order is kept.
     *
     * @throws InvalidStructureException if a key is empty, longer than 128 characters or holds white space, quotes, '='
     *     or brackets, or a value holds control characters
     */
    public Frame withMetadata(Map<String, String> keys) {
        Map<String, String> copy = new LinkedHashMap<>();
        keys.forEach((key, value) -> {
            requireKey(key);
            requireValue(key, value);
            copy.put(key, value);
        });
        return new Frame(structure, energy, forces, stress, Collections.unmodifiableMap(copy));
    }

    /** As {@link #withMetadata(Map)}, one key added or replaced. */
    public Frame withMetadata(String key, String value) {
        Map<String, String> keys = new LinkedHashMap<>(metadata);
        keys.put(key, value);
        return withMetadata(keys);
    }

    /** The same labels and keys on another structure of as many atoms. */
    public Frame withStructure(Structure other) {
        if (other.size() != structure.size()) {
            throw new InvalidStructureException(
                    "species", "a frame of %d atoms cannot take %d".formatted(structure.size(), other.size()));
        }
        return new Frame(other, energy, forces, stress, metadata);
    }

    public Structure structure() {
        return structure;
    }

    /** eV, of the whole cell. */
    public OptionalDouble energy() {
        return energy;
    }

    /** {@code [3n]}, eV/Å; a copy. */
    public Optional<double[]> forces() {
        return forces == null ? Optional.empty() : Optional.of(forces.clone());
    }

    /** {@code [9]}, eV/Å³, row by row, tension positive; a copy. */
    public Optional<double[]> stress() {
        return stress == null ? Optional.empty() : Optional.of(stress.clone());
    }

    /** Keys and values as the file writes them, in its order, without what the other fields hold. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** The value of a key, if there is one and it is a finite number. */
    public OptionalDouble number(String key) {
        @Nullable String value = metadata.get(key);
        return value == null ? OptionalDouble.empty() : Decimal.read(value);
    }

    private static double[] finite(String field, double[] values, int length) {
        if (values.length != length) {
            throw new InvalidStructureException(
                    field, "%s must have %d numbers, got %d".formatted(field, length, values.length));
        }
        double[] copy = values.clone();
        for (int k = 0; k < length; k++) {
            if (!Double.isFinite(copy[k])) {
                throw new InvalidStructureException(
                        field, "%s must be finite, got %s at number %d".formatted(field, copy[k], k + 1));
            }
            copy[k] += 0.0; // −0 becomes 0
        }
        return copy;
    }

    private static void requireKey(String key) {
        boolean plain = !key.isEmpty()
                && key.length() <= LONGEST_KEY
                && key.chars()
                        .noneMatch(c -> Character.isWhitespace(c)
                                || "=\"'[]{}\\,".indexOf(c) >= 0
                                || Printable.isControl((char) c));
        if (!plain) {
            throw new InvalidStructureException(
                    "metadata",
                    "key must be 1 to %d characters without blanks, quotes, brackets or '=', got '%s'"
                            .formatted(LONGEST_KEY, Printable.abbreviated(key)));
        }
    }

    private static void requireValue(String key, String value) {
        if (value.chars().anyMatch(c -> Character.isISOControl(c) && c != '\t')) {
            throw new InvalidStructureException("metadata", "value of '%s' holds a control character".formatted(key));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Frame frame
                && structure.equals(frame.structure)
                && energy.equals(frame.energy)
                && Arrays.equals(forces, frame.forces)
                && Arrays.equals(stress, frame.stress)
                && metadata.equals(frame.metadata);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * structure.hashCode() + energy.hashCode()) + metadata.hashCode();
    }

    @Override
    public String toString() {
        return "Frame[%s, energy %s, %s forces, %s stress, %s]"
                .formatted(structure, energy, forces == null ? "no" : "with", stress == null ? "no" : "with", metadata);
    }
}
