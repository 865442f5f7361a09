package org.glassmap.core.formats;

import java.util.OptionalInt;
import org.glassmap.core.atoms.Species;

/**
 * Which column of an atom's line holds what, from {@code Properties=species:S:1:pos:R:3:forces:R:3}. Columns that a
 * frame has no place for are passed over.
 *
 * @param species the symbol's column, or the atomic number's
 * @param numbers whether it is the atomic number
 * @param positions the first of three
 * @param forces the first of three; negative if there are none
 * @param width how many columns a line has
 */
record ExtendedXyzColumns(int species, boolean numbers, int positions, int forces, int width) {

    private static final int MOST = 10_000;
    private static final String REMEDY = "write Properties=species:S:1:pos:R:3:forces:R:3 or the like";

    static final ExtendedXyzColumns PLAIN = new ExtendedXyzColumns(0, false, 1, -1, 4);

    static ExtendedXyzColumns of(String properties, Place place) {
        String[] parts = properties.split(":", -1);
        if (parts.length % 3 != 0) {
            throw problem(place, "must be triples name:type:count", properties);
        }
        int symbols = -1;
        int numbers = -1;
        int positions = -1;
        int forces = -1;
        int at = 0;
        for (int k = 0; k < parts.length; k += 3) {
            String name = parts[k];
            String kind = parts[k + 1];
            int count = count(parts[k + 2], properties, place);
            if (kind.length() != 1 || "SRIL".indexOf(kind.charAt(0)) < 0) {
                throw problem(place, "must have the types S, R, I or L", properties);
            }
            boolean triple = kind.equals("R") && count == 3;
            boolean known = switch (name) {
                case "species" -> symbols < 0 && kind.equals("S") && count == 1;
                case "Z" -> numbers < 0 && kind.equals("I") && count == 1;
                case "pos" -> positions < 0 && triple;
                case "forces", "force" -> forces < 0 && triple;
                default -> true;
            };
            if (!known) {
                throw problem(place, "must give species:S:1, Z:I:1, pos:R:3 and forces:R:3 once each", properties);
            }
            switch (name) {
                case "species" -> symbols = at;
                case "Z" -> numbers = at;
                case "pos" -> positions = at;
                case "forces", "force" -> forces = at;
                default -> {}
            }
            at += count;
            if (at > MOST) {
                throw problem(place, "must not have more than %d columns".formatted(MOST), properties);
            }
        }
        if (positions < 0 || (symbols < 0 && numbers < 0)) {
            throw problem(place, "must have species (or Z) and pos", properties);
        }
        return new ExtendedXyzColumns(symbols < 0 ? numbers : symbols, symbols < 0, positions, forces, at);
    }

    boolean hasForces() {
        return forces >= 0;
    }

    Species species(String word) {
        if (!numbers) {
            return Species.of(word);
        }
        OptionalInt number = Whole.read(word);
        return Species.ofAtomicNumber(number.orElse(0));
    }

    private static int count(String text, String properties, Place place) {
        OptionalInt count = Whole.read(text);
        if (count.isEmpty() || count.getAsInt() < 1 || count.getAsInt() > MOST) {
            throw problem(place, "must have counts from 1 to %d".formatted(MOST), properties);
        }
        return count.getAsInt();
    }

    private static FormatException problem(Place place, String complaint, String value) {
        return new FormatException(place, "Properties", complaint, value, REMEDY);
    }
}
