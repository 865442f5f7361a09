/** What structures and energies mean: formation energies, hulls, phase diagrams. */
@NullMarked
package org.glassmap.core.analysis;

import org.jspecify.annotations.NullMarked;
