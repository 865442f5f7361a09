package org.glassmap.core.learning;

import java.util.Arrays;
import java.util.List;
import org.glassmap.core.atoms.Species;

/** Eight atoms at a time, an atom per lane of the processor's vectors. */
final class LaneCentre implements CentreKernel {

    private static final int COUNT = Lanes.COUNT;

    private final int place;
    private final LaneDescriptor descriptor;
    private final LaneNetwork[] networks;
    private final MemberScale[] scales;
    private final double[] features;
    private final double[] gradient;
    private final double[] unwanted = new double[9];

    LaneCentre(int place, Species species, List<NetworkPotential> members) {
        this.place = place;
        this.descriptor = new LaneDescriptor(members.getFirst().network(species).descriptor());
        this.networks = members.stream()
                .map(member -> new LaneNetwork(MemberScale.folded(member.network(species))))
                .toArray(LaneNetwork[]::new);
        this.scales = members.stream()
                .map(member -> MemberScale.of(member.network(species)))
                .toArray(MemberScale[]::new);
        int rows = LaneNetwork.padded(descriptor.descriptor().size());
        this.features = new double[rows * COUNT];
        this.gradient = new double[rows * COUNT];
    }

    @Override
    public void evaluate(Share[] shares, int[] atoms, int count) {
        for (int from = 0; from < count; from += COUNT) {
            evaluate(shares, atoms, from, Math.min(COUNT, count - from));
        }
    }

    private void evaluate(Share[] shares, int[] atoms, int from, int lanes) {
        load(shares, atoms, from, lanes);
        descriptor.features(features);
        boolean forces = false;
        boolean members = false;
        for (int lane = 0; lane < lanes; lane++) {
            forces |= shares[from + lane].wanted != Share.Wanted.ENERGIES;
            members |= shares[from + lane].wanted == Share.Wanted.MEMBER_FORCES;
        }
        if (forces) {
            Arrays.fill(gradient, 0);
        }
        for (int m = 0; m < networks.length; m++) {
            double[] output = networks[m].forward(features);
            for (int lane = 0; lane < lanes; lane++) {
                shares[from + lane].energies[m][atoms[from + lane]] = scales[m].energy(output[lane]);
            }
            if (forces) {
                networks[m].backward(scales[m].factor() / networks.length, gradient);
            }
        }
        if (forces) {
            descriptor.differentiate();
            LanePulls pulls = descriptor.pull(gradient);
            for (int lane = 0; lane < lanes; lane++) {
                Share share = shares[from + lane];
                if (share.wanted != Share.Wanted.ENERGIES) {
                    pulls.scatter(descriptor.neighbours(), lane, atoms[from + lane], share.forces, share.virial);
                }
            }
        }
        if (members) {
            pullForMembers(shares, atoms, from, lanes);
        }
    }

    private void pullForMembers(Share[] shares, int[] atoms, int from, int lanes) {
        for (int m = 0; m < networks.length; m++) {
            Arrays.fill(gradient, 0);
            networks[m].backward(scales[m].factor(), gradient);
            LanePulls pulls = descriptor.pull(gradient);
            for (int lane = 0; lane < lanes; lane++) {
                Share share = shares[from + lane];
                if (share.wanted == Share.Wanted.MEMBER_FORCES) {
                    pulls.scatter(descriptor.neighbours(), lane, atoms[from + lane], share.memberForces[m], unwanted);
                }
            }
        }
    }

    private void load(Share[] shares, int[] atoms, int from, int lanes) {
        LaneNeighbours neighbours = descriptor.neighbours();
        int most = 0;
        for (int lane = 0; lane < lanes; lane++) {
            most = Math.max(most, shares[from + lane].list().count(atoms[from + lane]));
        }
        neighbours.reserve(most);
        for (int lane = 0; lane < COUNT; lane++) {
            if (lane < lanes) {
                Share share = shares[from + lane];
                neighbours.load(share.list(), share.kinds.around()[place], atoms[from + lane], lane);
            } else {
                neighbours.leaveEmpty(lane);
            }
        }
    }

    @Override
    public void meanEnergies(double[][] of, int[] atoms, int count, double[] energies) {
        for (int from = 0; from < count; from += COUNT) {
            int lanes = Math.min(COUNT, count - from);
            for (int lane = 0; lane < lanes; lane++) {
                double[] row = of[atoms[from + lane]];
                int at = lane;
                for (double feature : row) {
                    features[at] = feature;
                    at += COUNT;
                }
                energies[atoms[from + lane]] = 0;
            }
            for (int m = 0; m < networks.length; m++) {
                double[] output = networks[m].forward(features);
                for (int lane = 0; lane < lanes; lane++) {
                    energies[atoms[from + lane]] += scales[m].energy(output[lane]) / networks.length;
                }
            }
        }
    }
}
