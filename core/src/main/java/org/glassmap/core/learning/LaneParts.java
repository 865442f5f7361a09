package org.glassmap.core.learning;

import java.util.ArrayList;
import java.util.List;
import org.glassmap.core.atoms.NeighbourList;
import org.glassmap.core.atoms.Structure;

/**
 * What {@link Kernel#LANES} does with a structure whose list is given, to be run as far as one likes: the difference
 * between a part and the one before is what it costs. For measuring; answers come from {@link CommitteeCalculator}.
 */
public final class LaneParts {

    private static final int COUNT = Lanes.COUNT;

    /**
     * @param name what comes on top of the part before
     * @param flops of this part alone, an atom's: multiplications and additions, pad slots left out
     * @param run all parts up to this one, for all atoms
     */
    public record Part(String name, double flops, Runnable run) {}

    private final NetworkPotential potential;
    private final NeighbourList list;
    private final Share.Kinds kinds;
    private final List<Block> blocks = new ArrayList<>();
    private final List<LaneDescriptor> descriptors = new ArrayList<>();
    private final List<LaneNetwork> networks = new ArrayList<>();
    private final double[] features;
    private final double[] gradient;
    private final double[] forces;
    private final double[] virial = new double[9];

    /** Eight atoms of one species; what a species has beyond a multiple of eight is left out. */
    private record Block(int place, int[] atoms) {}

    /** @param list of the structure, to the potential's cutoff */
    public LaneParts(NetworkPotential potential, Structure structure, NeighbourList list) {
        this.potential = potential;
        this.list = list;
        this.kinds = new SpeciesPlaces(potential).of(structure, list);
        int most = 0;
        for (int place = 0; place < potential.species().size(); place++) {
            SpeciesNetwork network =
                    potential.network(List.copyOf(potential.species()).get(place));
            descriptors.add(new LaneDescriptor(network.descriptor()));
            networks.add(new LaneNetwork(MemberScale.folded(network)));
            most = Math.max(most, LaneNetwork.padded(network.descriptor().size()));
            fill(place, structure.size());
        }
        this.features = new double[most * COUNT];
        this.gradient = new double[most * COUNT];
        this.forces = new double[3 * structure.size()];
    }

    private void fill(int place, int atoms) {
        int[] next = new int[COUNT];
        int lane = 0;
        for (int i = 0; i < atoms; i++) {
            if (kinds.centre()[i] == place) {
                next[lane++] = i;
            }
            if (lane == COUNT) {
                blocks.add(new Block(place, next));
                next = new int[COUNT];
                lane = 0;
            }
        }
    }

    /** How many atoms the parts are run for. */
    public int atoms() {
        return blocks.size() * COUNT;
    }

    /** In the order in which they are done. */
    public List<Part> parts() {
        SpeciesNetwork network =
                potential.network(potential.species().iterator().next());
        Descriptor descriptor = network.descriptor();
        double n = list.end(list.size() - 1) / (double) list.size();
        double pairs = pairs();
        double radial = descriptor.radialOrder() + 1;
        double angular = descriptor.angularOrder() + 1;
        double weights = network.network().weights().length;
        double nodes = 0;
        for (int l = 1; l < network.network().sizes().length; l++) {
            nodes += network.network().sizes()[l];
        }
        // Polynomials of degree 11, of 22 operations, for cutoff functions; tanh takes 45.
        return List.of(
                new Part("neighbours by species", 0, () -> run(this::sort)),
                new Part("geometry", 29 * n, () -> run(this::geometry)),
                new Part("radial sums", 3 * n * radial, () -> run(this::radialSums)),
                new Part("angular sums", pairs * (6 + 3 * angular), () -> run(this::angularSums)),
                new Part("network forward", 2 * weights + 45 * nodes, () -> run(this::forward)),
                new Part("network backward", 2 * weights, () -> run(this::backward)),
                new Part("geometry for forces", 29 * n, () -> run(this::furtherGeometry)),
                new Part("force polynomial", n * (6 * radial + 29), () -> run(this::forcePolynomial)),
                new Part("angular forces", pairs * (6 * angular + 18), () -> run(this::angularForces)),
                new Part("scatter", 3 * n, () -> run(this::scatter)));
    }

    /** Pairs of neighbours within the angular cutoff that an atom has in the mean. */
    private double pairs() {
        double reach = potential
                .network(potential.species().iterator().next())
                .descriptor()
                .angularCutoff();
        double pairs = 0;
        for (int i = 0; i < list.size(); i++) {
            int close = 0;
            for (int k = list.start(i); k < list.end(i); k++) {
                close += list.distance(k) < reach ? 1 : 0;
            }
            pairs += close * (close - 1) / 2.0;
        }
        return pairs / list.size();
    }

    private interface OfBlock {
        void run(Block block, LaneDescriptor descriptor);
    }

    private void run(OfBlock part) {
        for (Block block : blocks) {
            part.run(block, descriptors.get(block.place));
        }
    }

    private void load(Block block, LaneDescriptor descriptor) {
        LaneNeighbours neighbours = descriptor.neighbours();
        int most = 0;
        for (int i : block.atoms) {
            most = Math.max(most, list.count(i));
        }
        neighbours.reserve(most);
        for (int lane = 0; lane < COUNT; lane++) {
            neighbours.load(list, kinds.around()[block.place], block.atoms[lane], lane);
        }
    }

    private void sort(Block block, LaneDescriptor descriptor) {
        load(block, descriptor);
        descriptor.featuresUntil(LaneDescriptor.Until.SORTING, features);
    }

    private void geometry(Block block, LaneDescriptor descriptor) {
        load(block, descriptor);
        descriptor.featuresUntil(LaneDescriptor.Until.GEOMETRY, features);
    }

    private void radialSums(Block block, LaneDescriptor descriptor) {
        load(block, descriptor);
        descriptor.featuresUntil(LaneDescriptor.Until.RADIAL_SUMS, features);
    }

    private void angularSums(Block block, LaneDescriptor descriptor) {
        load(block, descriptor);
        descriptor.featuresUntil(LaneDescriptor.Until.ANGULAR_SUMS, features);
    }

    private void forward(Block block, LaneDescriptor descriptor) {
        load(block, descriptor);
        descriptor.features(features);
        networks.get(block.place).forward(features);
    }

    private void backward(Block block, LaneDescriptor descriptor) {
        forward(block, descriptor);
        java.util.Arrays.fill(gradient, 0);
        networks.get(block.place).backward(1, gradient);
    }

    private void furtherGeometry(Block block, LaneDescriptor descriptor) {
        backward(block, descriptor);
        descriptor.differentiate();
    }

    private void forcePolynomial(Block block, LaneDescriptor descriptor) {
        furtherGeometry(block, descriptor);
        descriptor.pullRadially(gradient);
    }

    private void angularForces(Block block, LaneDescriptor descriptor) {
        furtherGeometry(block, descriptor);
        descriptor.pull(gradient);
    }

    private void scatter(Block block, LaneDescriptor descriptor) {
        furtherGeometry(block, descriptor);
        LanePulls pulls = descriptor.pull(gradient);
        for (int lane = 0; lane < COUNT; lane++) {
            pulls.scatter(descriptor.neighbours(), lane, block.atoms[lane], forces, virial);
        }
    }
}
