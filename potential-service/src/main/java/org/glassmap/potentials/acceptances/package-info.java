/** Potentials put through a battery before use: as jobs, with reports that stay beside the potential. */
@NullMarked
package org.glassmap.potentials.acceptances;

import org.jspecify.annotations.NullMarked;
