package org.glassmap.core.sampling;

import java.util.Map;
import java.util.TreeMap;
import org.glassmap.core.atoms.Composition;
import org.glassmap.core.atoms.Species;

/** What is taken out of a crystal at a time: a neutral formula unit. */
public record RemovalUnit(Composition atoms) {

    public static final RemovalUnit LI2S = new RemovalUnit(Composition.of(Map.of(Species.Li, 2, Species.S, 1)));
    public static final RemovalUnit P2S5 = new RemovalUnit(Composition.of(Map.of(Species.P, 2, Species.S, 5)));

    public RemovalUnit {
        if (atoms.atoms() == 0) {
            throw new IllegalArgumentException("a unit to remove needs atoms");
        }
    }

    /** {@code Li2S}. */
    public String name() {
        return atoms.formula();
    }

    /** How often it can be taken out of a composition so that something is left. */
    public int timesIn(Composition composition) {
        int times = Integer.MAX_VALUE;
        for (Map.Entry<Species, Integer> entry : atoms.counts().entrySet()) {
            times = Math.min(times, composition.count(entry.getKey()) / entry.getValue());
        }
        return (long) times * atoms.atoms() == composition.atoms() ? times - 1 : times;
    }

    /** The composition without {@code times} of it.
     *
     * @throws IllegalArgumentException if there are not that many, or nothing would be left
     */
    public Composition takenFrom(Composition composition, int times) {
        if (times < 0 || times > timesIn(composition)) {
            throw new IllegalArgumentException("cannot take %d %s out of %s: at most %d, so that something is left"
                    .formatted(times, name(), composition.formula(), Math.max(0, timesIn(composition))));
        }
        TreeMap<Species, Integer> left = new TreeMap<>(composition.counts());
        atoms.counts().forEach((species, count) -> left.merge(species, -count * times, Integer::sum));
        return new Composition(left);
    }
}
