/**
 * Atoms and the space they live in: species, cells, structures, neighbours, and what a potential says of them.
 *
 * <p>House units: Å, eV, amu, fs, K, e. Lattice vectors are the rows of a matrix; Cartesian positions are flat,
 * {@code [3n]}, atom by atom.
 */
@NullMarked
package org.glassmap.core.atoms;

import org.jspecify.annotations.NullMarked;
