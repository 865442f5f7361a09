package org.glassmap.potentials.proposals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.glassmap.contract.proposals.ProposalRecord.Trial;
import org.glassmap.contract.trainings.TrainingRequest.DescriptorDocument;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.learning.Descriptor;
import org.glassmap.core.learning.DescriptorProposal;
import org.glassmap.core.learning.ResolvedChebyshev;
import org.glassmap.core.learning.WeightedChebyshev;
import org.jspecify.annotations.Nullable;

/**
 * What came of a proposal, as it is kept and told.
 *
 * @param kernel by which the trials were fitted; absent in what was kept before kernels were
 */
record ProposalAnswer(
        DescriptorDocument descriptor,
        List<Trial> trials,
        Map<String, Double> shortest,
        @Nullable String kernel) {

    static ProposalAnswer of(DescriptorProposal.Answer answer) {
        Map<String, Double> shortest = new TreeMap<>();
        for (Species[] pair : answer.distances().pairs()) {
            double distance = answer.distances().shortest(pair[0], pair[1]);
            if (Double.isFinite(distance)) {
                shortest.put(pair[0] + "-" + pair[1], distance);
            }
        }
        return new ProposalAnswer(
                document(answer.best().descriptor()),
                answer.trials().stream().map(ProposalAnswer::trial).toList(),
                shortest,
                answer.kernel().id());
    }

    private static Trial trial(DescriptorProposal.Trial trial) {
        double force = trial.validation().force();
        return new Trial(
                document(trial.descriptor()),
                trial.descriptor().size(),
                trial.validation().energyPerAtom(),
                Double.isNaN(force) ? null : force);
    }

    private static DescriptorDocument document(Descriptor descriptor) {
        return new DescriptorDocument(
                switch (descriptor) {
                    case WeightedChebyshev weighted -> "chebyshev";
                    case ResolvedChebyshev resolved -> "rich";
                },
                descriptor.environment().stream().map(Species::symbol).toList(),
                descriptor.radialCutoff(),
                descriptor.radialOrder(),
                descriptor.angularCutoff(),
                descriptor.angularOrder());
    }
}
