package org.glassmap.contract.structures;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a structure is found by.
 *
 * @param id {@code structure-<sha-256>}
 * @param formula symbols and counts in order of the atomic number
 * @param reducedFormula divided by the greatest common divisor
 * @param volume Å³; absent in open space
 * @param li2sFraction x of (Li2S)x(P2S5)1−x; absent off the line
 * @param warnings what is odd but was taken, such as atoms closer than 1.1 Å
 */
public record StructureSummary(
        String id,
        String formula,
        String reducedFormula,
        List<String> elements,
        int atoms,
        @Nullable Double volume,
        @Nullable Double li2sFraction,
        List<String> warnings) {}
