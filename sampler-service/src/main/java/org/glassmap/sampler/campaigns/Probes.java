package org.glassmap.sampler.campaigns;

import java.util.ArrayList;
import java.util.List;
import org.glassmap.contract.labels.LabelRecord;
import org.glassmap.core.atoms.Evaluation;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.learning.CommitteeCalculator;
import org.glassmap.core.learning.CommitteePotential;
import org.glassmap.sampler.peers.StructureStore;
import org.jspecify.annotations.Nullable;

/** Frames that no potential of the campaign is trained on, labelled by the reference method to measure each of them. */
final class Probes {

    private final List<Probe> all = new ArrayList<>();

    /** @param forces eV/Å, {@code [n][3]} */
    private record Probe(Structure structure, double energy, double @Nullable [][] forces) {}

    Probes(Computed labelled, StructureStore store) {
        for (Computed.One one : labelled.all()) {
            @Nullable String label = one.label();
            if (label != null) {
                LabelRecord record = store.label(label);
                all.add(new Probe(store.structure(one.asked()), record.energy(), record.forces()));
            }
        }
    }

    Probed errorOf(CommitteePotential potential) {
        if (all.isEmpty()) {
            return new Probed(null, null, null);
        }
        CommitteeCalculator calculator = potential.calculator();
        double energies = 0;
        double forces = 0;
        long components = 0;
        for (Probe probe : all) {
            Evaluation evaluation = calculator.evaluate(probe.structure());
            double perAtom =
                    (evaluation.energy() - probe.energy()) / probe.structure().size();
            energies += perAtom * perAtom;
            if (probe.forces() != null) {
                forces += squaredError(evaluation.forces(), probe.forces());
                components += evaluation.forces().length;
            }
        }
        return new Probed(
                Math.sqrt(energies / all.size()),
                components == 0 ? null : Math.sqrt(forces / components),
                calculator.kernel().id());
    }

    private static double squaredError(double[] forces, double[][] reference) {
        double sum = 0;
        for (int i = 0; i < reference.length; i++) {
            for (int axis = 0; axis < 3; axis++) {
                double difference = forces[3 * i + axis] - reference[i][axis];
                sum += difference * difference;
            }
        }
        return sum;
    }
}
