package org.glassmap.analyses.phasediagrams;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.Species;

/** A phase's name as chemists print it: the counts of formulas in it set low, {@code γ-Li₃PS₄}. */
final class ChemicalName {

    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9]*");
    private static final Pattern ELEMENT_AND_COUNT = Pattern.compile("([A-Z][a-z]?)(\\d*)");

    private ChemicalName() {}

    static String typeset(String name) {
        StringBuilder typeset = new StringBuilder();
        Matcher words = WORD.matcher(name);
        while (words.find()) {
            String word = words.group();
            words.appendReplacement(typeset, isFormula(word) ? lowered(word) : word);
        }
        return words.appendTail(typeset).toString();
    }

    private static boolean isFormula(String word) {
        Matcher parts = ELEMENT_AND_COUNT.matcher(word);
        int end = 0;
        while (parts.find() && parts.start() == end) {
            try {
                Species.of(parts.group(1));
            } catch (InvalidStructureException notAnElement) {
                return false;
            }
            end = parts.end();
        }
        return end == word.length();
    }

    private static String lowered(String formula) {
        StringBuilder lowered = new StringBuilder();
        formula.chars().forEach(c -> lowered.append((char) (c >= '0' && c <= '9' ? c - '0' + '₀' : c)));
        return lowered.toString();
    }
}
