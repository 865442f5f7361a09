package org.glassmap.structures.structures;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.glassmap.core.atoms.Composition;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.Species;
import org.glassmap.structures.contents.InvalidInputException;

/** Formulas as people write them: symbols and whole numbers in any order, {@code Li3PS4} or {@code P S4 Li3}. */
final class Formula {

    private static final Pattern PART = Pattern.compile("\\s*([A-Z][a-z]?)(\\d{0,7})\\s*");

    private Formula() {}

    /** @throws InvalidInputException if the text is none */
    static Composition composition(String formula) {
        Map<Species, Integer> counts = new TreeMap<>();
        Matcher part = PART.matcher(formula);
        int at = 0;
        while (at < formula.length() && part.region(at, formula.length()).lookingAt()) {
            int count = part.group(2).isEmpty() ? 1 : Integer.parseInt(part.group(2));
            try {
                counts.merge(Species.of(part.group(1)), count, Math::addExact);
            } catch (InvalidStructureException | ArithmeticException e) {
                throw none(formula);
            }
            at = part.end();
        }
        if (at < formula.length() || formula.isBlank()) {
            throw none(formula);
        }
        return Composition.of(counts);
    }

    private static InvalidInputException none(String formula) {
        return new InvalidInputException("formula", formula, "is no formula", "write symbols and counts: 'Li3PS4'");
    }
}
