package org.glassmap.sampler.campaigns;

import java.util.List;
import org.glassmap.contract.potentials.AcceptanceSummary;

/**
 * What an acceptance said of a potential.
 *
 * @param acceptance its id
 * @param failed the parts that did not pass, each with its finding
 */
record Accepted(String acceptance, List<String> failed) {

    boolean passed() {
        return failed.isEmpty();
    }

    AcceptanceSummary summary() {
        return new AcceptanceSummary(acceptance, passed(), failed);
    }

    /** @throws IllegalStateException naming what failed, unless it is forced */
    void require(String potential, boolean force) {
        if (!passed() && !force) {
            throw new IllegalStateException("%s is not accepted (%s): %s. Train on more, or set acceptance.force"
                    .formatted(potential, acceptance, String.join("; ", failed)));
        }
    }
}
