/**
 * Potentials that are learnt: Chebyshev descriptors of atomic environments, one small network per species, training on
 * energies, forces and stresses, and the files of ænet.
 *
 * <p>Definitions: Artrith, Urban, Ceder, Phys. Rev. B 96, 014112 (2017), doi 10.1103/PhysRevB.96.014112, as ænet 2.0.4
 * computes them. Results do not depend on the processor or on the number of threads: sums run in a fixed order and
 * cutoff and activation functions are polynomials of this package.
 */
@NullMarked
package org.glassmap.core.learning;

import org.jspecify.annotations.NullMarked;
