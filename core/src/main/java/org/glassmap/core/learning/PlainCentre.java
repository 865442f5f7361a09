package org.glassmap.core.learning;

import java.util.Arrays;
import java.util.List;
import org.glassmap.core.atoms.Species;

/** The reference: atom by atom in plain loops, the networks on 64 atoms at a time. */
final class PlainCentre implements CentreKernel {

    /** Atoms side by side in a block; what they need stays within a processor's second-level cache. */
    static final int BLOCK = 64;

    private final int place;
    private final DescriptorKernel kernel;
    private final NetworkKernel[] networks;
    private final MemberScale[] scales;
    private final Surroundings[] surroundings = new Surroundings[BLOCK];
    private final double[][] features;
    private final double[][] gradient;
    private final double[][] mean;

    PlainCentre(int place, Species species, List<NetworkPotential> members) {
        this.place = place;
        Descriptor descriptor = members.getFirst().network(species).descriptor();
        this.kernel = new DescriptorKernel(descriptor);
        this.networks = members.stream()
                .map(member -> new NetworkKernel(MemberScale.folded(member.network(species))))
                .toArray(NetworkKernel[]::new);
        this.scales = members.stream()
                .map(member -> MemberScale.of(member.network(species)))
                .toArray(MemberScale[]::new);
        for (int lane = 0; lane < BLOCK; lane++) {
            surroundings[lane] = new Surroundings(descriptor);
        }
        this.features = new double[descriptor.size()][BLOCK];
        this.gradient = new double[descriptor.size()][BLOCK];
        this.mean = new double[descriptor.size()][BLOCK];
    }

    @Override
    public void evaluate(Share[] shares, int[] atoms, int count) {
        for (int from = 0; from < count; from += BLOCK) {
            evaluate(shares, atoms, from, Math.min(BLOCK, count - from));
        }
    }

    private void evaluate(Share[] shares, int[] atoms, int from, int lanes) {
        boolean forces = false;
        boolean members = false;
        for (int lane = 0; lane < lanes; lane++) {
            Share share = shares[from + lane];
            surroundings[lane].load(share.list(), share.kinds.around()[place], atoms[from + lane]);
            kernel.features(surroundings[lane], features, lane);
            forces |= share.wanted != Share.Wanted.ENERGIES;
            members |= share.wanted == Share.Wanted.MEMBER_FORCES;
        }
        for (double[] row : mean) {
            Arrays.fill(row, 0, lanes, 0);
        }
        for (int m = 0; m < networks.length; m++) {
            double[] output = networks[m].forward(features, lanes);
            for (int lane = 0; lane < lanes; lane++) {
                shares[from + lane].energies[m][atoms[from + lane]] = scales[m].energy(output[lane]);
            }
            if (forces) {
                networks[m].backward(lanes, gradient);
                for (int f = 0; f < mean.length; f++) {
                    addScaled(gradient[f], scales[m].factor() / networks.length, lanes, mean[f]);
                }
            }
        }
        for (int lane = 0; lane < lanes; lane++) {
            Share share = shares[from + lane];
            if (share.wanted != Share.Wanted.ENERGIES) {
                kernel.pull(surroundings[lane], mean, lane, share.forces, share.virial);
            }
        }
        if (members) {
            pullForMembers(shares, from, lanes);
        }
    }

    private void pullForMembers(Share[] shares, int from, int lanes) {
        for (int m = 0; m < networks.length; m++) {
            networks[m].backward(lanes, gradient);
            for (double[] row : gradient) {
                for (int lane = 0; lane < lanes; lane++) {
                    row[lane] *= scales[m].factor();
                }
            }
            for (int lane = 0; lane < lanes; lane++) {
                Share share = shares[from + lane];
                if (share.wanted == Share.Wanted.MEMBER_FORCES) {
                    kernel.pull(surroundings[lane], gradient, lane, share.memberForces[m], new double[9]);
                }
            }
        }
    }

    private static void addScaled(double[] row, double scale, int lanes, double[] out) {
        for (int k = 0; k < lanes; k++) {
            out[k] += scale * row[k];
        }
    }

    @Override
    public void meanEnergies(double[][] of, int[] atoms, int count, double[] energies) {
        for (int from = 0; from < count; from += BLOCK) {
            int lanes = Math.min(BLOCK, count - from);
            for (int lane = 0; lane < lanes; lane++) {
                double[] row = of[atoms[from + lane]];
                for (int f = 0; f < row.length; f++) {
                    features[f][lane] = row[f];
                }
                energies[atoms[from + lane]] = 0;
            }
            for (int m = 0; m < networks.length; m++) {
                double[] output = networks[m].forward(features, lanes);
                for (int lane = 0; lane < lanes; lane++) {
                    energies[atoms[from + lane]] += scales[m].energy(output[lane]) / networks.length;
                }
            }
        }
    }
}
