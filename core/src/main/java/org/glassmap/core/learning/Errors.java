package org.glassmap.core.learning;

/**
 * Root mean squares over a set of frames.
 *
 * @param frames how many
 * @param energyPerAtom eV/atom, each frame counting once
 * @param force eV/Å, each component counting once; NaN where no frame has forces
 * @param stress eV/Å³, each component of each frame counting once; NaN where no frame has a stress
 * @param loss mean over the frames
 */
public record Errors(int frames, double energyPerAtom, double force, double stress, double loss) {}
