/**
 * Looking for low energies: relaxation, the genetic algorithm over removals, supercells and the compositions they
 * reach; and the motion of atoms. Knows potentials, not networks.
 *
 * <p>Budgets count evaluations, never seconds; whatever is random has its seed as an argument.
 */
@NullMarked
package org.glassmap.core.sampling;

import org.jspecify.annotations.NullMarked;
