package org.glassmap.core.learning;

import java.util.List;
import org.glassmap.core.atoms.Species;

/**
 * A set-up as ænet's potential and training-set files hold it, records 10 to 26 of a potential file.
 *
 * @param description lines joined by {@code $$}
 * @param species of the centre
 * @param leastDistance RMIN, Å; it only sized ænet's arrays
 * @param statistics of the features over all atoms that were evaluated
 */
public record AenetSetup(
        String description,
        Species species,
        WeightedChebyshev descriptor,
        double leastDistance,
        FeatureStatistics statistics) {

    /**
     * RMIN of what Glassmap writes, Å, where the data hold nothing shorter. ænet makes, and zeroes for every atom, room for
     * as many neighbours as atoms of this diameter could be packed: with 0.75 three times fewer than with 0.5, and still
     * tens of times more than there are.
     */
    static final double USUAL_LEAST_DISTANCE = 0.75;

    static final int DESCRIPTION = 1024;
    static final int MAX_SPECIES = 20;
    private static final int BASIS = 100;
    private static final int PARAMETERS = 4;

    /** What a field of 1 to 4 numbers a feature may hold at most. */
    private static final int MAX_FEATURES = 4096;

    public AenetSetup {
        if (statistics.size() != descriptor.size()) {
            throw new IllegalArgumentException("statistics of %d features do not fit a descriptor of %d"
                    .formatted(statistics.size(), descriptor.size()));
        }
    }

    /** @param size how many features there must be; 0 if any number will do */
    static AenetSetup read(AenetItems items, int size) {
        String description = items.text("description", DESCRIPTION);
        Species species = items.species("species", 1).getFirst();
        int environmentSize = AenetItems.within(items, items.integer("environment"), 1, MAX_SPECIES);
        List<Species> environment = items.species("environment", environmentSize);
        double leastDistance = items.real("Rc_min");
        items.real("Rc_max");
        String basis = items.text("basis", BASIS).strip();
        if (!basis.equals("Chebyshev")) {
            throw new PotentialFileException(
                    items.place(), "only Chebyshev descriptors are known, this potential has '" + basis + "'");
        }
        int features =
                AenetItems.within(items, items.integer("nsf"), size == 0 ? 1 : size, size == 0 ? MAX_FEATURES : size);
        AenetItems.within(items, items.integer("nsfparam"), PARAMETERS, PARAMETERS);
        items.integers("sf", features);
        double[] parameters = items.reals("sfparam", PARAMETERS * features);
        WeightedChebyshev descriptor = new WeightedChebyshev(
                parameters[0], whole(items, parameters[1]), parameters[2], whole(items, parameters[3]), environment);
        int evaluations = items.evaluations(environmentSize, features);
        FeatureStatistics statistics = new FeatureStatistics(
                evaluations,
                items.reals("minima", features),
                items.reals("maxima", features),
                items.reals("means", features),
                items.reals("means of squares", features));
        return new AenetSetup(description, species, descriptor, leastDistance, statistics);
    }

    private static int whole(AenetItems items, double value) {
        if (value != Math.rint(value) || !(Math.abs(value) < 1000)) {
            throw new PotentialFileException(items.place(), "an order must be a whole number, got " + value);
        }
        return (int) value;
    }

    void write(AenetOutput out) {
        int features = descriptor.size();
        out.text(description, DESCRIPTION, false);
        out.species(List.of(species));
        out.integer(descriptor.environment().size());
        out.species(descriptor.environment());
        out.real(leastDistance);
        out.real(descriptor.cutoff());
        out.text("Chebyshev", BASIS, true);
        out.integer(features);
        out.integer(PARAMETERS);
        out.integers(new int[features]);
        double[] parameters = new double[PARAMETERS * features];
        parameters[0] = descriptor.radialCutoff();
        parameters[1] = descriptor.radialOrder();
        parameters[2] = descriptor.angularCutoff();
        parameters[3] = descriptor.angularOrder();
        out.reals(parameters);
        out.featureEnvironments(descriptor.environment().size(), features);
        out.integer(statistics.evaluations());
        out.reals(statistics.minimum());
        out.reals(statistics.maximum());
        out.reals(statistics.mean());
        out.reals(statistics.meanSquare());
    }
}
