package org.glassmap.core.learning;

import java.util.Set;
import org.glassmap.core.atoms.Potential;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.atoms.Vacancies;

/** A learnt potential whose answers all come from one kernel, so that what is stored with them is true of every one. */
record KernelPotential(LearntPotential potential, Kernel kernel) implements Potential {

    @Override
    public Set<Species> species() {
        return potential.species();
    }

    @Override
    public double cutoff() {
        return potential.cutoff();
    }

    @Override
    public Calculator calculator() {
        return potential.calculator(kernel);
    }

    @Override
    public Vacancies vacancies(Structure parent) {
        return new NetworkVacancies(potential.members(), potential.repulsion(), kernel, parent);
    }
}
