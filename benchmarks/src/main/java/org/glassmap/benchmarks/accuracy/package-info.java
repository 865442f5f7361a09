/** How good potentials become, on data with labels; minutes to hours, so each part is measured only where it is named. */
@NullMarked
package org.glassmap.benchmarks.accuracy;

import org.jspecify.annotations.NullMarked;
