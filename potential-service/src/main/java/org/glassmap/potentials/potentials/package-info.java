/** Potentials as immutable documents: where they came from, who sees them, what they predict. */
@NullMarked
package org.glassmap.potentials.potentials;

import org.jspecify.annotations.NullMarked;
