package org.glassmap.standalone.demo;

import java.util.List;
import java.util.Map;
import org.glassmap.contract.campaigns.CampaignRequest.SamplingSettings;
import org.glassmap.contract.campaigns.CampaignRequest.TrainingSettings;
import org.glassmap.contract.trainings.TrainingRequest.DescriptorDocument;
import org.glassmap.contract.trainings.TrainingRequest.RepulsionDocument;

/**
 * How much the demo does.
 *
 * @param parents of the chains, as in {@code data/crystals}
 * @param minimumAtoms of a supercell
 * @param maximumAtoms of a supercell
 * @param rattled copies of each crystal
 * @param heatedEvery which of the heated frames are taken
 * @param probesEvery which of the probes are taken
 */
record DemoSettings(
        List<String> parents,
        int minimumAtoms,
        int maximumAtoms,
        double[] scales,
        int rattled,
        int heatedEvery,
        int probesEvery,
        int iterations,
        TrainingSettings training,
        SamplingSettings sampling) {

    /** Fixed repulsion beneath the students: below the shortest distances of the starting frames. */
    private static final RepulsionDocument REPULSION = new RepulsionDocument(
            80, Map.of("Li-Li", 2.2, "Li-P", 2.1, "Li-S", 1.95, "P-P", 1.95, "P-S", 1.75, "S-S", 1.85));

    /** The paper's: radial 6 Å, 18; angular 3 Å, 4; two channels. */
    private static final DescriptorDocument PAPER =
            new DescriptorDocument("chebyshev", List.of("Li", "P", "S"), 6.0, 18, 3.0, 4);

    /** The whole line: five crystals, both directions. */
    static DemoSettings full() {
        return new DemoSettings(
                List.of("Li2P2S6", "Li7P3S11", "beta", "gamma", "Li7PS6"),
                80,
                168,
                new double[] {0.85, 0.9, 0.94, 0.97, 1.03, 1.06, 1.1, 1.15},
                14,
                1,
                1,
                2,
                new TrainingSettings(4, PAPER, List.of(15, 15), null, 150, 60, null, REPULSION, null),
                new SamplingSettings("stepwise", 5.0 / 13, 0.92, 32, 0.1, 3200, 10, 4, 2, 1.0 / 3, 9, 2, 48));
    }

    /** Three compositions, to see all parts move within half a minute. */
    static DemoSettings quick() {
        return new DemoSettings(
                List.of("gamma"),
                60,
                80,
                new double[] {0.94, 0.97, 1.03, 1.06},
                3,
                10,
                8,
                1,
                new TrainingSettings(4, PAPER, List.of(10, 10), null, 25, 15, null, REPULSION, null),
                new SamplingSettings("stepwise", 0.7, 0.83, 16, 0.1, 300, 4, 2, 1, 0.5, 2, 2, 8));
    }
}
