/** The queue: what is to be computed, who computes it, and what came of it. */
@NullMarked
package org.glassmap.structures.calculations;

import org.jspecify.annotations.NullMarked;
