package org.glassmap.sampler.campaigns;

import java.util.List;
import org.glassmap.core.learning.CommitteePotential;
import org.glassmap.core.learning.NetworkPotential;
import org.glassmap.core.learning.PotentialDocument;

/**
 * The newest trained potential, ready to evaluate.
 *
 * @param trained where it came from
 */
record Student(Trained trained, CommitteePotential potential) {

    /** @param file the potential's document */
    static Student read(Trained trained, byte[] file) {
        return switch (PotentialDocument.read(file).potential()) {
            case CommitteePotential committee -> new Student(trained, committee);
            case NetworkPotential single -> new Student(trained, new CommitteePotential(List.of(single)));
        };
    }
}
