package org.glassmap.core.atoms;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How close atoms may come: the one place that holds both limits. Below {@link #REFUSED_BELOW} over all periodic
 * images a structure is a mistake (a wrong unit, an atom given twice); up to {@link #WARNED_BELOW} it is kept, with a
 * warning: reference methods are not to be trusted there.
 */
public final class Proximity {

    /** Å. */
    public static final double REFUSED_BELOW = 0.5;

    /** Å. */
    public static final double WARNED_BELOW = 1.1;

    /**
     * Two atoms, or an atom and its own image.
     *
     * @param i index from 0
     * @param j index from 0, ≥ i
     * @param distance Å
     */
    public record Contact(int i, int j, double distance) {}

    private Proximity() {}

    /**
     * The closest pair that is closer than {@code distance}; of equals the first by i, then j.
     *
     * @param distance Å, positive; cost and memory grow with its cube, so keep to bond lengths
     */
    public static Optional<Contact> closest(Structure structure, double distance) {
        return Optional.ofNullable(nearest(structure, distance, 0));
    }

    /**
     * Refuses a structure with two atoms closer than {@link #REFUSED_BELOW}. Takes bounded time and memory whatever
     * the structure holds.
     *
     * @return the closest contact below {@link #WARNED_BELOW}, to be warned of, or empty
     * @throws InvalidStructureException naming the atoms, their distance and the limit
     */
    public static Optional<Contact> requireApart(Structure structure) {
        Contact contact = nearest(structure, WARNED_BELOW, REFUSED_BELOW);
        if (contact != null && contact.distance() < REFUSED_BELOW) {
            throw new InvalidStructureException(
                    "positions",
                    contact.i() == contact.j()
                            ? "atom %d and its own image are %.4f Å apart; at least %s Å is needed: check the unit of the cell"
                                    .formatted(contact.i() + 1, contact.distance(), REFUSED_BELOW)
                            : "atoms %d and %d are %.4f Å apart; at least %s Å is needed: check units and atoms given twice"
                                    .formatted(contact.i() + 1, contact.j() + 1, contact.distance(), REFUSED_BELOW));
        }
        return Optional.ofNullable(contact);
    }

    /** What to tell a user of a contact that is kept. */
    public static String warning(Contact contact) {
        return "atoms %d and %d are %.4f Å apart; below %s Å energies and forces are not to be trusted"
                .formatted(contact.i() + 1, contact.j() + 1, contact.distance(), WARNED_BELOW);
    }

    /** Stops at the first contact below {@code enough}: what comes after it can only be denser. */
    private static @Nullable Contact nearest(Structure structure, double distance, double enough) {
        ImageSearch search = new ImageSearch(structure, distance);
        Cell frame = search.frame();
        for (int vector = 0; vector < 3; vector++) {
            if (frame.periodic(vector) && frame.length(vector) < enough) {
                return new Contact(0, 0, frame.length(vector));
            }
        }
        Nearest nearest = new Nearest(enough);
        search.visitAll(nearest);
        return nearest.contact;
    }

    private static final class Nearest implements ImageSearch.Visitor {
        private final double enough;
        private @Nullable Contact contact;

        Nearest(double enough) {
            this.enough = enough;
        }

        @Override
        public boolean visit(int i, int j, double dx, double dy, double dz, double squared) {
            double distance = Math.sqrt(squared);
            Contact best = contact;
            if (best == null
                    || distance < best.distance()
                    || distance == best.distance() && (i < best.i() || i == best.i() && j < best.j())) {
                contact = new Contact(i, j, distance);
            }
            return !(distance < enough);
        }
    }
}
