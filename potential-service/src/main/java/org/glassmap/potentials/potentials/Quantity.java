package org.glassmap.potentials.potentials;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.glassmap.contract.problems.ProblemError;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.support.problems.ProblemException;
import org.jspecify.annotations.Nullable;

/** What may be asked of a potential beside the energy. */
enum Quantity {
    FORCES,
    STRESS,
    SPREAD,
    /** The largest of an atom. */
    GRADE,
    /** Of every atom. */
    GRADES,
    ATOMIC_ENERGIES,
    /** Of every atom. */
    DESCRIPTORS;

    private static final String ENERGY = "energy";
    private static final Set<Quantity> USUAL = Set.of(FORCES, STRESS, SPREAD, GRADE);

    /** For which frames of extended XYZ have no place. */
    private static final List<Quantity> IN_LINES_ALONE = List.of(GRADES, ATOMIC_ENERGIES, DESCRIPTORS);

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * @param words with commas between, {@code energy} among them or not; absent for the usual ones
     * @throws ProblemException naming a word that is none
     */
    static Set<Quantity> asked(@Nullable String words) {
        if (words == null) {
            return USUAL;
        }
        Set<Quantity> asked = EnumSet.noneOf(Quantity.class);
        for (String word : words.split(",", -1)) {
            if (!word.strip().equals(ENERGY)) {
                asked.add(of(word.strip()));
            }
        }
        return asked;
    }

    /** @throws ProblemException naming one for which frames have no place */
    static void requireInFrames(Set<Quantity> asked) {
        for (Quantity quantity : IN_LINES_ALONE) {
            if (asked.contains(quantity)) {
                throw ProblemException.of(RequestProblem.INVALID_REQUEST, "Extended XYZ has no place for it.")
                        .with(ProblemError.inParameter("quantities", "is told in lines of JSON alone")
                                .withValue(quantity.word())
                                .withRemedy("accept application/x-ndjson"));
            }
        }
    }

    private static Quantity of(String word) {
        for (Quantity quantity : values()) {
            if (quantity.word().equals(word)) {
                return quantity;
            }
        }
        throw ProblemException.of(RequestProblem.INVALID_REQUEST, "What is asked for is nothing that is predicted.")
                .with(
                        ProblemError.inParameter("quantities", "is nothing that is predicted")
                                .withValue(word)
                                .withRemedy(
                                        "name some of energy, forces, stress, spread, grade, grades, atomic-energies, descriptors, with commas"));
    }
}
