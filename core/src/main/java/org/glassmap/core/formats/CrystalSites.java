package org.glassmap.core.formats;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.jspecify.annotations.Nullable;

/**
 * Sites of an asymmetric unit, repeated by symmetry operations. Images closer than {@value #TOGETHER} Å, over the
 * cell's faces too, are one atom; positions of three digits on a special position come that close, atoms never do.
 */
final class CrystalSites {

    static final double TOGETHER = 0.05;

    private static final int MOST_IMAGES = 2_000_000;
    private static final int MOST_BINS = 1024;

    private final Cell cell;
    private final List<SymmetryOperation> operations;
    private final ReadingLimits limits;
    private final int[] bins = new int[3];
    private final Map<Long, List<Atom>> atomsOfBin = new HashMap<>(); // asked, never walked through
    private final List<Atom> atoms = new ArrayList<>();
    private int sites;
    private long images;

    CrystalSites(Cell cell, List<SymmetryOperation> operations, ReadingLimits limits) {
        this.cell = cell;
        this.operations = operations;
        this.limits = limits;
        for (int vector = 0; vector < 3; vector++) {
            bins[vector] = (int) Math.max(1, Math.min(MOST_BINS, Math.floor(cell.height(vector) / (2 * TOGETHER))));
        }
    }

    /** The first image that was found, and how far the others that fall on it lie from it, added up. */
    private static final class Atom {

        private final Species species;
        private final String label;
        private final int site;
        private final double[] fractional;
        private final double[] offsets = new double[3];
        private int images = 1;

        Atom(Species species, String label, int site, double[] fractional) {
            this.species = species;
            this.label = label;
            this.site = site;
            this.fractional = fractional;
        }
    }

    /** Adds a site and its images. A site that repeats an earlier one of its species adds nothing. */
    void add(Species species, String label, double[] fractional, Place place) {
        int site = sites++;
        int first = atoms.size();
        for (SymmetryOperation operation : operations) {
            if (++images > MOST_IMAGES) {
                throw problem(place, "images", "are more than %d".formatted(MOST_IMAGES), label, "send fewer sites");
            }
            double[] image = operation.isIdentity() ? fractional.clone() : wrapped(operation.image(fractional));
            @Nullable Atom same = atomAt(image);
            if (same == null) {
                if (atoms.size() == limits.atoms()) {
                    throw problem(
                            place, "atoms", "are more than %d".formatted(limits.atoms()), label, "send a smaller cell");
                }
                Atom atom = new Atom(species, label, site, image);
                atoms.add(atom);
                atomsOfBin.computeIfAbsent(bin(image), bin -> new ArrayList<>()).add(atom);
            } else if (same.species != species) {
                throw problem(
                        place,
                        "site '%s'".formatted(Printable.abbreviated(label)),
                        "is shared with site '%s'".formatted(Printable.abbreviated(same.label)),
                        species.symbol() + " and " + same.species.symbol(),
                        "send an ordered structure: choose which atom is there");
            } else if (same.site == site) {
                same.images++;
                for (int k = 0; k < 3; k++) {
                    double difference = image[k] - same.fractional[k];
                    same.offsets[k] += difference - Math.rint(difference);
                }
            }
        }
        requireWholeOrbit(first, label, place);
    }

    /** Every atom of an orbit is met equally often; otherwise the site's distance to a special position is unclear. */
    private void requireWholeOrbit(int first, String label, Place place) {
        for (int i = first; i < atoms.size(); i++) {
            if (atoms.get(i).images != atoms.get(first).images) {
                throw problem(
                        place,
                        "site '%s'".formatted(Printable.abbreviated(label)),
                        "lies unclearly near a special position",
                        label,
                        "give its coordinates with more digits, and each symmetry operation once");
            }
        }
    }

    Structure structure() {
        List<Species> species = new ArrayList<>();
        double[] fractional = new double[3 * atoms.size()];
        for (int i = 0; i < atoms.size(); i++) {
            Atom atom = atoms.get(i);
            species.add(atom.species);
            for (int k = 0; k < 3; k++) {
                fractional[3 * i + k] = atom.fractional[k] + atom.offsets[k] / atom.images;
            }
        }
        return Structure.ofFractional(cell, species, fractional);
    }

    private @Nullable Atom atomAt(double[] point) {
        int[] at = binOf(point);
        for (int a = -1; a <= 1; a++) {
            for (int b = -1; b <= 1; b++) {
                for (int c = -1; c <= 1; c++) {
                    for (Atom atom : atomsOfBin.getOrDefault(key(at[0] + a, at[1] + b, at[2] + c), List.of())) {
                        if (distance(atom.fractional, point) < TOGETHER) {
                            return atom;
                        }
                    }
                }
            }
        }
        return null;
    }

    /** Of two points that lie close together; for others it may be too long, never too short. */
    private double distance(double[] one, double[] other) {
        double[] difference = new double[3];
        for (int k = 0; k < 3; k++) {
            difference[k] = other[k] - one[k];
            difference[k] -= Math.rint(difference[k]);
        }
        cell.toCartesian(difference);
        return Math.sqrt(difference[0] * difference[0] + difference[1] * difference[1] + difference[2] * difference[2]);
    }

    private long bin(double[] point) {
        int[] at = binOf(point);
        return key(at[0], at[1], at[2]);
    }

    private int[] binOf(double[] point) {
        int[] at = new int[3];
        for (int k = 0; k < 3; k++) {
            at[k] = (int) ((point[k] - Math.floor(point[k])) * bins[k]);
        }
        return at;
    }

    private long key(int a, int b, int c) {
        return (Math.floorMod(a, bins[0]) * (long) MOST_BINS + Math.floorMod(b, bins[1])) * MOST_BINS
                + Math.floorMod(c, bins[2]);
    }

    private static double[] wrapped(double[] point) {
        double[] inside = new double[3];
        for (int k = 0; k < 3; k++) {
            double fraction = point[k] - Math.floor(point[k]);
            inside[k] = fraction < 1 ? fraction : 0;
        }
        return inside;
    }

    private static FormatException problem(Place place, String field, String complaint, String value, String remedy) {
        return new FormatException(place, field, complaint, value, remedy);
    }
}
