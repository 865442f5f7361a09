/** Descriptor settings proposed from a dataset. */
@NullMarked
package org.glassmap.potentials.proposals;

import org.jspecify.annotations.NullMarked;
