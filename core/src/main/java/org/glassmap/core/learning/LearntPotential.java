package org.glassmap.core.learning;

import java.util.List;
import java.util.concurrent.Executor;
import org.glassmap.core.atoms.Potential;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.atoms.Vacancies;

/** A potential that was learnt: one network per species, or a committee of such. */
public sealed interface LearntPotential extends Potential permits NetworkPotential, CommitteePotential {

    /** In order; a single potential is its own only member. */
    List<NetworkPotential> members();

    Repulsion repulsion();

    @Override
    CommitteeCalculator calculator();

    /** @throws IllegalArgumentException if this virtual machine does not have the kernel */
    default CommitteeCalculator calculator(Kernel kernel) {
        return new CommitteeCalculator(members(), repulsion(), kernel);
    }

    /**
     * A calculator that deals large structures, and many, to several threads; the bits are the same for any number.
     *
     * @param executor runs the tasks; only their speed depends on it
     */
    default CommitteeCalculator calculator(Kernel kernel, Executor executor, int threads) {
        return new CommitteeCalculator(members(), repulsion(), kernel, executor, threads);
    }

    /** The same potential, always evaluated by this kernel. */
    default Potential by(Kernel kernel) {
        return new KernelPotential(this, kernel);
    }

    @Override
    default Vacancies vacancies(Structure parent) {
        return new NetworkVacancies(members(), repulsion(), Kernel.best(), parent);
    }
}
