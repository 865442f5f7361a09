package org.glassmap.core.learning;

/** Sums behind {@link Errors}; added up in a fixed order. */
final class ErrorSums {

    int frames;
    double energy;
    double force;
    long forceComponents;
    double stress;
    long stressComponents;
    double loss;

    /**
     * Adds what a frame's energy misses.
     *
     * @param predicted eV, what the networks give together
     * @param energyWeight of the loss, now
     * @return the derivative of the loss by {@code predicted}
     */
    double addEnergy(PreparedFrame frame, double[] atomicEnergies, double predicted, double energyWeight) {
        double perAtom = (predicted - frame.energyWithout(atomicEnergies)) / frame.size();
        frames++;
        energy += perAtom * perAtom;
        loss += frame.weight * energyWeight * perAtom * perAtom;
        return 2 * frame.weight * energyWeight * perAtom / frame.size();
    }

    void add(ErrorSums other) {
        frames += other.frames;
        energy += other.energy;
        force += other.force;
        forceComponents += other.forceComponents;
        stress += other.stress;
        stressComponents += other.stressComponents;
        loss += other.loss;
    }

    Errors errors() {
        return new Errors(
                frames,
                Math.sqrt(energy / frames),
                Math.sqrt(force / forceComponents),
                Math.sqrt(stress / stressComponents),
                loss / frames);
    }
}
