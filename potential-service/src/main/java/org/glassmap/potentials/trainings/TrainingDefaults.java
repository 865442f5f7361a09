package org.glassmap.potentials.trainings;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.datasets.DatasetVersion;
import org.glassmap.contract.problems.ProblemError;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.contract.trainings.TrainingRequest;
import org.glassmap.contract.trainings.TrainingRequest.DescriptorDocument;
import org.glassmap.contract.trainings.TrainingRequest.LossDocument;
import org.glassmap.contract.trainings.TrainingRequest.RepulsionDocument;
import org.glassmap.contract.trainings.TrainingRequest.ValidationDocument;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.learning.Activation;
import org.glassmap.core.learning.AdamSettings;
import org.glassmap.core.learning.Descriptor;
import org.glassmap.core.learning.LearntPotential;
import org.glassmap.core.learning.LossSettings;
import org.glassmap.core.learning.Network;
import org.glassmap.core.learning.NetworkPotential;
import org.glassmap.core.learning.PairRepulsion;
import org.glassmap.core.learning.ResolvedChebyshev;
import org.glassmap.core.learning.WeightedChebyshev;
import org.glassmap.core.learning.ZblRepulsion;
import org.glassmap.potentials.peers.Peers;
import org.glassmap.potentials.potentials.Potentials;
import org.glassmap.support.problems.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What a request leaves open, filled in before anything is stored: the dataset's name becomes an id, absent settings
 * those of the potential to start from, or the usual ones.
 */
@Component
class TrainingDefaults {

    static final int EPOCHS = 60;
    static final double VALIDATION_FRACTION = 0.1;
    static final double CALIBRATION_FRACTION = 0.05;

    /** With as little as Adam bears without whitening, energies stay behind the forces; 50 is no better. */
    static final double WHITENED_ENERGY_GROWTH = 20;

    private final Peers peers;
    private final Potentials potentials;

    TrainingDefaults(Peers peers, Potentials potentials) {
        this.peers = peers;
        this.potentials = potentials;
    }

    /**
     * @param dataset id of the frozen version
     * @param request nothing in it is absent but repulsion, warm start and the key of the split, which may be none
     */
    record Complete(String dataset, TrainingRequest request) {}

    /** @throws ProblemException naming every field that cannot be, its value and a remedy */
    Complete complete(ProjectId project, String user, TrainingRequest request) {
        DatasetVersion dataset = dataset(project, user, request);
        @Nullable LearntPotential start = start(project, user, request);
        TrainingRequest complete = filled(request, dataset, start);
        try {
            TrainingPlan plan = TrainingPlan.of(complete);
            List<ProblemError> errors = new ArrayList<>(misfits(plan, dataset));
            if (start != null) {
                errors.addAll(misfits(plan, start, complete));
            }
            if (!errors.isEmpty()) {
                throw refused(errors);
            }
        } catch (TrainingPlan.InvalidPlanException e) {
            throw refused(e.errors());
        }
        return new Complete(dataset.id(), complete);
    }

    private DatasetVersion dataset(ProjectId project, String user, TrainingRequest request) {
        @Nullable String name = request.dataset();
        if (name == null || name.isBlank()) {
            throw refused(List.of(ProblemError.at("/dataset", "the id of a dataset, or name@version, is missing")));
        }
        return peers.structureStore(project, user).dataset(name);
    }

    private @Nullable LearntPotential start(ProjectId project, String user, TrainingRequest request) {
        @Nullable String id = request.warmStart();
        return id == null ? null : potentials.learnt(project, user, id);
    }

    private static TrainingRequest filled(
            TrainingRequest request, DatasetVersion dataset, @Nullable LearntPotential start) {
        Integer members = request.members();
        Integer epochs = request.epochs();
        Double rate = request.learningRate();
        String optimiser = request.optimiser() == null ? TrainingPlan.ADAM : request.optimiser();
        ValidationDocument validation = validation(
                request.validation(),
                members != null ? members : start == null ? 1 : start.members().size());
        return new TrainingRequest(
                dataset.id(),
                members != null
                        ? members
                        : start == null
                                ? Integer.valueOf(1)
                                : Integer.valueOf(start.members().size()),
                request.seed(),
                descriptor(request, dataset, start),
                hidden(request, start),
                loss(request.loss(), optimiser),
                epochs != null ? epochs : Integer.valueOf(EPOCHS),
                rate != null ? rate : Double.valueOf(rate(optimiser)),
                validation,
                repulsion(request, start),
                request.warmStart(),
                optimiser,
                request.restarts() == null ? Integer.valueOf(1) : request.restarts(),
                request.patience(),
                request.frames(),
                request.keep() == null ? kept(optimiser, request.patience(), validation) : request.keep());
    }

    private static double rate(String optimiser) {
        return (optimiser.equals(TrainingPlan.WHITENED) ? AdamSettings.WHITENED : AdamSettings.DEFAULT).rate();
    }

    /** What has gone on for {@code patience} epochs after its best did not stop at it. */
    private static String kept(String optimiser, @Nullable Integer patience, ValidationDocument validation) {
        boolean validated = Objects.requireNonNull(validation.fraction()) > 0;
        boolean best = validated && (!optimiser.equals(TrainingPlan.WHITENED) || patience != null);
        return best ? TrainingPlan.BEST : TrainingPlan.LAST;
    }

    private static DescriptorDocument descriptor(
            TrainingRequest request, DatasetVersion dataset, @Nullable LearntPotential start) {
        @Nullable DescriptorDocument given = request.descriptor();
        if (given != null) {
            return given;
        }
        return start == null
                ? new DescriptorDocument("chebyshev", dataset.elements(), 6, 18, 3, 4) // the paper's
                : document(descriptorOf(start));
    }

    private static Descriptor descriptorOf(LearntPotential committee) {
        return committee.members().getFirst().networks().getFirst().descriptor();
    }

    private static DescriptorDocument document(Descriptor descriptor) {
        return new DescriptorDocument(
                switch (descriptor) {
                    case WeightedChebyshev _ -> "chebyshev";
                    case ResolvedChebyshev _ -> "rich";
                },
                descriptor.environment().stream().map(Species::symbol).toList(),
                descriptor.radialCutoff(),
                descriptor.radialOrder(),
                descriptor.angularCutoff(),
                descriptor.angularOrder());
    }

    private static List<Integer> hidden(TrainingRequest request, @Nullable LearntPotential start) {
        @Nullable List<Integer> given = request.hiddenLayers();
        if (given != null) {
            return given;
        }
        return start == null ? List.of(15, 15) : hiddenOf(start);
    }

    private static List<Integer> hiddenOf(LearntPotential committee) {
        Network network = committee.members().getFirst().networks().getFirst().network();
        List<Integer> nodes = new ArrayList<>();
        for (int layer = 1; layer < network.layers() - 1; layer++) {
            nodes.add(network.nodes(layer));
        }
        return nodes;
    }

    private static LossDocument loss(@Nullable LossDocument given, String optimiser) {
        LossSettings usual = LossSettings.DEFAULT;
        @Nullable Double energy = given == null ? null : given.energy();
        @Nullable Double force = given == null ? null : given.force();
        @Nullable Double stress = given == null ? null : given.stress();
        @Nullable Double growth = given == null ? null : given.energyGrowth();
        return new LossDocument(
                energy == null ? Double.valueOf(usual.energy()) : energy,
                force == null ? Double.valueOf(usual.force()) : force,
                stress == null ? Double.valueOf(usual.virial()) : stress,
                growth == null ? Double.valueOf(growth(optimiser)) : growth);
    }

    private static double growth(String optimiser) {
        return switch (optimiser) {
            case TrainingPlan.WHITENED -> WHITENED_ENERGY_GROWTH;
            case TrainingPlan.LBFGS -> 1;
            default -> LossSettings.DEFAULT.energyGrowth();
        };
    }

    /** One member has no spread to calibrate. */
    private static ValidationDocument validation(@Nullable ValidationDocument given, int members) {
        @Nullable Double fraction = given == null ? null : given.fraction();
        @Nullable Double calibration = given == null ? null : given.calibration();
        return new ValidationDocument(
                fraction == null ? Double.valueOf(VALIDATION_FRACTION) : fraction,
                given == null ? null : given.key(),
                calibration != null ? calibration : Double.valueOf(members > 1 ? CALIBRATION_FRACTION : 0));
    }

    private static @Nullable RepulsionDocument repulsion(TrainingRequest request, @Nullable LearntPotential start) {
        @Nullable RepulsionDocument given = request.repulsion();
        if (given != null || start == null || start.repulsion().none()) {
            return given;
        }
        return switch (start.repulsion()) {
            case PairRepulsion pairs -> walls(pairs.walls());
            case ZblRepulsion zbl -> zbl(zbl.switches());
        };
    }

    private static RepulsionDocument zbl(List<ZblRepulsion.Switch> switches) {
        Map<String, Double> distances = new TreeMap<>();
        switches.forEach(pair -> distances.put(pair.first() + "-" + pair.second(), pair.outer()));
        return new RepulsionDocument(null, distances, "zbl");
    }

    private static RepulsionDocument walls(List<PairRepulsion.Wall> walls) {
        double strength = walls.getFirst().height();
        if (walls.stream().anyMatch(wall -> wall.height() != strength)) {
            throw refused(List.of(ProblemError.at(
                    "/warmStart", "its repulsion has walls of several heights, which a training cannot be told of")));
        }
        Map<String, Double> distances = new TreeMap<>();
        walls.forEach(wall -> distances.put(wall.first() + "-" + wall.second(), wall.radius()));
        return new RepulsionDocument(strength, distances);
    }

    private static List<ProblemError> misfits(TrainingPlan plan, DatasetVersion dataset) {
        List<ProblemError> errors = new ArrayList<>();
        if (dataset.labels() < 2) {
            errors.add(ProblemError.at("/dataset", "a training needs at least 2 labels")
                    .withValue(Integer.toString(dataset.labels()))
                    .withRemedy("add labels to the dataset"));
        }
        List<String> told = plan.settings().descriptor().environment().stream()
                .map(Species::symbol)
                .toList();
        for (String element : dataset.elements()) {
            if (!told.contains(element)) {
                errors.add(ProblemError.at("/descriptor/species", "the dataset has " + element)
                        .withValue(told.toString())
                        .withRemedy("add it to the species"));
            }
        }
        for (String symbol : told) {
            if (!dataset.elements().contains(symbol)) {
                errors.add(ProblemError.at("/descriptor/species", "no label of the dataset has " + symbol)
                        .withValue(told.toString())
                        .withRemedy("leave it out"));
            }
        }
        return errors;
    }

    private static List<ProblemError> misfits(TrainingPlan plan, LearntPotential start, TrainingRequest complete) {
        List<ProblemError> errors = new ArrayList<>();
        if (start.members().size() != plan.members()) {
            errors.add(ProblemError.at(
                            "/members",
                            "the potential to start from has %d"
                                    .formatted(start.members().size()))
                    .withValue(Integer.toString(plan.members()))
                    .withRemedy("ask for as many"));
        }
        for (NetworkPotential member : start.members()) {
            for (Species species : member.species()) {
                if (!member.network(species).descriptor().equals(plan.settings().descriptor())) {
                    errors.add(ProblemError.at(
                                    "/descriptor",
                                    "the potential to start from describes %s by %s"
                                            .formatted(
                                                    species,
                                                    member.network(species).descriptor()))
                            .withRemedy("leave the descriptor out: it is taken over"));
                    return errors;
                }
            }
        }
        Set<Activation> activations = EnumSet.noneOf(Activation.class);
        start.members()
                .forEach(member -> member.networks()
                        .forEach(network -> activations.addAll(network.network().activations())));
        if (!activations.equals(EnumSet.of(Activation.TANH, Activation.LINEAR))) {
            errors.add(ProblemError.at("/warmStart", "trainings know tanh and a linear output, this has " + activations)
                    .withValue(complete.warmStart())
                    .withRemedy("start from a potential that was trained here"));
        }
        if (!hiddenOf(start).equals(complete.hiddenLayers())) {
            errors.add(ProblemError.at("/hiddenLayers", "the potential to start from has " + hiddenOf(start))
                    .withValue(String.valueOf(complete.hiddenLayers()))
                    .withRemedy("leave them out: they are taken over"));
        }
        if (!start.repulsion().equals(plan.settings().repulsion())) {
            errors.add(ProblemError.at("/repulsion", "the potential to start from stands on another repulsion")
                    .withRemedy("leave it out: it is taken over"));
        }
        return errors;
    }

    private static ProblemException refused(List<ProblemError> errors) {
        return new ProblemException(
                RequestProblem.INVALID_REQUEST,
                "The training cannot be carried out: see what is wrong with it.",
                errors);
    }
}
