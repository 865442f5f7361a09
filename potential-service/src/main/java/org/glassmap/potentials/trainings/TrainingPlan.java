package org.glassmap.potentials.trainings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.glassmap.contract.problems.ProblemError;
import org.glassmap.contract.trainings.TrainingRequest;
import org.glassmap.contract.trainings.TrainingRequest.DescriptorDocument;
import org.glassmap.contract.trainings.TrainingRequest.FramesDocument;
import org.glassmap.contract.trainings.TrainingRequest.LossDocument;
import org.glassmap.contract.trainings.TrainingRequest.RepulsionDocument;
import org.glassmap.contract.trainings.TrainingRequest.ValidationDocument;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.learning.Activation;
import org.glassmap.core.learning.AdamSettings;
import org.glassmap.core.learning.Descriptor;
import org.glassmap.core.learning.LbfgsSettings;
import org.glassmap.core.learning.LossSettings;
import org.glassmap.core.learning.Network;
import org.glassmap.core.learning.OptimiserSettings;
import org.glassmap.core.learning.PairRepulsion;
import org.glassmap.core.learning.Repulsion;
import org.glassmap.core.learning.ResolvedChebyshev;
import org.glassmap.core.learning.TrainingSettings;
import org.glassmap.core.learning.WeightedChebyshev;
import org.glassmap.core.learning.ZblRepulsion;
import org.glassmap.core.numerics.Seed;
import org.jspecify.annotations.Nullable;

/**
 * A request with nothing left open, in the core's terms.
 *
 * @param settings of the committee; what its seed gives the members says {@link #ofMember}
 * @param restarts of each member
 * @param validationShare of the groups, 0 to 0.5
 * @param calibrationShare of the groups, kept from training and validation
 * @param energyWindow eV/atom above the lowest of a composition; null: all frames
 * @param weightKey attribute that says how many times a frame counts
 * @param groupKey attribute whose equal values stay on the same side of the split; null: every frame by itself
 */
record TrainingPlan(
        int members,
        TrainingSettings settings,
        int restarts,
        double validationShare,
        double calibrationShare,
        @Nullable String groupKey,
        @Nullable Double energyWindow,
        @Nullable String weightKey) {

    static final int MOST_MEMBERS = 32;
    static final int MOST_EPOCHS = 1_000_000;
    static final int MOST_LAYERS = 8;
    static final int MOST_RESTARTS = 100;

    static final String ADAM = "adam";
    static final String WHITENED = "whitened";
    static final String LBFGS = "lbfgs";
    static final String BEST = "best";
    static final String LAST = "last";

    /** Of the radius of a ZBL repulsion: within it the nuclei repel each other wholly. */
    static final double INNER_SHARE = 0.5;

    /** What of a request cannot be, each with its place and value. */
    static final class InvalidPlanException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient List<ProblemError> errors;

        InvalidPlanException(List<ProblemError> errors) {
            super(errors.toString());
            this.errors = List.copyOf(errors);
        }

        List<ProblemError> errors() {
            return errors;
        }
    }

    Set<Species> species() {
        return new HashSet<>(settings.descriptor().environment());
    }

    /** Of everything random in one member; its first start is what it is without restarts. */
    TrainingSettings ofMember(int member, int start) {
        long seed = Seed.of(settings.seed(), "member-" + member);
        return settings.withSeed(start == 1 ? seed : Seed.of(seed, "start-" + start));
    }

    /** All members hold back the same frames: what the committee says of them, it has not seen. */
    long splitSeed() {
        return Seed.of(settings.seed(), "validation");
    }

    /**
     * @param request with every default filled in
     * @throws InvalidPlanException naming every field that cannot be
     */
    static TrainingPlan of(TrainingRequest request) {
        Findings findings = new Findings();
        int members = findings.within("/members", Objects.requireNonNull(request.members()), 1, MOST_MEMBERS);
        int epochs = findings.within("/epochs", Objects.requireNonNull(request.epochs()), 1, MOST_EPOCHS);
        @Nullable
        Descriptor descriptor = findings.make(
                "/descriptor", request.descriptor(), () -> descriptor(Objects.requireNonNull(request.descriptor())));
        List<Integer> hidden = hidden(findings, Objects.requireNonNull(request.hiddenLayers()));
        @Nullable
        LossSettings loss = findings.make("/loss", request.loss(), () -> loss(Objects.requireNonNull(request.loss())));
        @Nullable OptimiserSettings optimiser = optimiser(findings, request);
        if (loss != null && optimiser instanceof LbfgsSettings) {
            loss = steady(findings, loss, Objects.requireNonNull(request.loss()).energyGrowth());
        }
        ValidationDocument validation = Objects.requireNonNull(request.validation());
        double fraction = Objects.requireNonNull(validation.fraction());
        double share = findings.share("/validation/fraction", fraction);
        double calibration = findings.share("/validation/calibration", orElse(validation.calibration(), 0.0));
        if (!(share + calibration < 1)) {
            findings.add("/validation/calibration", calibration, "must leave something to train on");
        }
        int restarts = findings.within("/restarts", orElse(request.restarts(), 1), 1, MOST_RESTARTS);
        int patience =
                request.patience() == null ? 0 : findings.within("/patience", request.patience(), 1, MOST_EPOCHS);
        if (share == 0 && (restarts > 1 || patience > 0)) {
            findings.add("/validation/fraction", share, "must be above 0: restarts and patience go by the validation");
        }
        boolean keepBest = keepBest(findings, request, fraction, patience);
        if (restarts > 1 && request.warmStart() != null) {
            findings.add("/restarts", restarts, "must be 1 where a training starts from a potential");
        }
        @Nullable FramesDocument frames = request.frames();
        @Nullable Double window = frames == null ? null : frames.energyWindow();
        if (window != null && !(window > 0)) {
            findings.add("/frames/energyWindow", window, "must be positive, eV/atom");
        }
        @Nullable RepulsionDocument walls = request.repulsion();
        @Nullable
        Repulsion repulsion = findings.make(
                "/repulsion", walls, () -> walls == null ? PairRepulsion.NONE : repulsion(walls, request));
        if (descriptor == null
                || loss == null
                || optimiser == null
                || repulsion == null
                || !findings.errors.isEmpty()) {
            throw new InvalidPlanException(findings.errors);
        }
        return new TrainingPlan(
                members,
                new TrainingSettings(
                        descriptor,
                        hidden,
                        Activation.TANH,
                        repulsion,
                        loss,
                        optimiser,
                        epochs,
                        keepBest,
                        request.seed(),
                        Seed.of(request.seed(), "order"),
                        keepBest ? patience : 0),
                restarts,
                share,
                calibration,
                validation.key(),
                window,
                frames == null ? null : frames.weightKey());
    }

    private static Descriptor descriptor(DescriptorDocument document) {
        List<Species> species = present("species", document.species()).stream()
                .map(symbol -> Species.of(present("species", symbol)))
                .toList();
        return switch (present("kind", document.kind())) {
            case "chebyshev" ->
                new WeightedChebyshev(
                        document.radialCutoff(),
                        document.radialOrder(),
                        document.angularCutoff(),
                        document.angularOrder(),
                        species);
            case "rich" ->
                new ResolvedChebyshev(
                        document.radialCutoff(),
                        document.radialOrder(),
                        document.angularCutoff(),
                        document.angularOrder(),
                        species);
            default ->
                throw new IllegalArgumentException(
                        "kind must be chebyshev or rich, got '%s'".formatted(document.kind()));
        };
    }

    private static List<Integer> hidden(Findings findings, List<Integer> layers) {
        if (layers.isEmpty() || layers.size() > MOST_LAYERS) {
            findings.add("/hiddenLayers", layers, "1 to %d layers of at least one node".formatted(MOST_LAYERS));
        }
        for (int k = 0; k < layers.size(); k++) {
            findings.within("/hiddenLayers/" + k, layers.get(k), 1, Network.MAX_NODES);
        }
        return layers;
    }

    private static LossSettings loss(LossDocument document) {
        LossSettings usual = LossSettings.DEFAULT;
        return new LossSettings(
                Objects.requireNonNull(document.energy()),
                Objects.requireNonNull(document.force()),
                Objects.requireNonNull(document.stress()),
                usual.softForce(),
                orElse(document.energyGrowth(), usual.energyGrowth()),
                usual.growthShare());
    }

    private static @Nullable OptimiserSettings optimiser(Findings findings, TrainingRequest request) {
        return switch (orElse(request.optimiser(), ADAM)) {
            case ADAM -> adam(findings, request, AdamSettings.DEFAULT);
            case WHITENED -> adam(findings, request, AdamSettings.WHITENED);
            case LBFGS -> LbfgsSettings.DEFAULT;
            default -> {
                findings.add("/optimiser", request.optimiser(), "must be adam, whitened or lbfgs");
                yield null;
            }
        };
    }

    private static @Nullable OptimiserSettings adam(Findings findings, TrainingRequest request, AdamSettings usual) {
        return findings.make(
                "/learningRate",
                request.learningRate(),
                () -> adam(Objects.requireNonNull(request.learningRate()), usual));
    }

    private static boolean keepBest(Findings findings, TrainingRequest request, double fraction, int patience) {
        boolean best = switch (orElse(request.keep(), fraction > 0 ? BEST : LAST)) {
            case BEST -> true;
            case LAST -> false;
            default -> {
                findings.add("/keep", request.keep(), "must be best or last");
                yield false;
            }
        };
        if (best && fraction == 0) {
            findings.add("/keep", BEST, "must be last: without a validation part no epoch is known to be the best");
        }
        if (!best && patience > 0 && fraction > 0) {
            findings.add("/keep", LAST, "must be best: patience stops some epochs after the best");
        }
        return best;
    }

    /** What L-BFGS makes small stays the same throughout. */
    private static LossSettings steady(Findings findings, LossSettings loss, @Nullable Double growth) {
        if (loss.force() != 0 || loss.virial() != 0) {
            findings.add("/loss", loss, "force and stress must be 0 with lbfgs, which takes energies alone");
        }
        if (growth != null && growth != 1) {
            findings.add("/loss/energyGrowth", growth, "must be 1 with lbfgs, whose loss stays the same");
        }
        return new LossSettings(loss.energy(), loss.force(), loss.virial(), loss.softForce(), 1, 0);
    }

    /** Trainings that were accepted by an earlier version say nothing of what came later. */
    private static <T> T orElse(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    private static AdamSettings adam(double rate, AdamSettings usual) {
        if (!(rate > 0) || !(rate <= 1)) {
            throw new IllegalArgumentException("learningRate must be positive and at most 1, got " + rate);
        }
        return new AdamSettings(
                rate,
                rate * (usual.finalRate() / usual.rate()),
                usual.beta1(),
                usual.beta2(),
                usual.framesPerStep(),
                usual.clip(),
                usual.decay(),
                usual.whitening());
    }

    private static Repulsion repulsion(RepulsionDocument document, TrainingRequest request) {
        List<String> known =
                present("species", Objects.requireNonNull(request.descriptor()).species());
        boolean zbl = "zbl".equals(document.kind());
        if (!zbl && document.kind() != null && !"wall".equals(document.kind())) {
            throw new IllegalArgumentException("kind must be wall or zbl, got '" + document.kind() + "'");
        }
        List<PairRepulsion.Wall> walls = new ArrayList<>();
        List<ZblRepulsion.Switch> switches = new ArrayList<>();
        for (Map.Entry<String, Double> entry : new TreeMap<>(present("distances", document.distances())).entrySet()) {
            String[] pair = entry.getKey().split("-", -1);
            if (pair.length != 2 || !known.contains(pair[0]) || !known.contains(pair[1])) {
                throw new IllegalArgumentException("distances must be named by two of the descriptor's species, such as"
                        + " %s-%s, got '%s'".formatted(known.getFirst(), known.getLast(), entry.getKey()));
            }
            Species first = Species.of(pair[0]);
            Species second = Species.of(pair[1]);
            double radius = present("distance " + entry.getKey(), entry.getValue());
            if (zbl) {
                switches.add(new ZblRepulsion.Switch(first, second, INNER_SHARE * radius, radius));
            } else {
                walls.add(new PairRepulsion.Wall(first, second, present("strength", document.strength()), radius));
            }
        }
        return zbl ? new ZblRepulsion(switches) : new PairRepulsion(walls);
    }

    /** What came over the wire may lack what the record promises. */
    private static <T> T present(String field, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return value;
    }

    /** Everything that is wrong, not only the first of it. */
    private static final class Findings {
        final List<ProblemError> errors = new ArrayList<>();

        void add(String pointer, @Nullable Object value, String detail) {
            errors.add(ProblemError.at(pointer, detail).withValue(String.valueOf(value)));
        }

        int within(String pointer, @Nullable Integer value, int least, int most) {
            if (value == null || value < least || value > most) {
                add(pointer, value, "must be a whole number in %d..%d".formatted(least, most));
                return least;
            }
            return value;
        }

        double share(String pointer, double value) {
            if (!(value >= 0) || !(value <= 0.5)) {
                add(pointer, value, "must lie in 0..0.5");
                return 0;
            }
            return value;
        }

        <T> @Nullable T make(String pointer, @Nullable Object document, Supplier<T> maker) {
            try {
                return maker.get();
            } catch (IllegalArgumentException e) {
                add(pointer, document, String.valueOf(e.getMessage()));
                return null;
            }
        }
    }
}
