package org.glassmap.core.learning;

import java.util.List;
import org.glassmap.core.atoms.Potential;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.atoms.Vacancies;

/** A potential that was learnt: one network per species, or a committee of such. */
public sealed interface LearntPotential extends Potential permits NetworkPotential, CommitteePotential {

    /** In order; a single potential is its own only member. */
    List<NetworkPotential> members();

    PairRepulsion repulsion();

    @Override
    CommitteeCalculator calculator();

    @Override
    default Vacancies vacancies(Structure parent) {
        return new NetworkVacancies(members(), repulsion(), parent);
    }
}
