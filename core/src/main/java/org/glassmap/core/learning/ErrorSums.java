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
