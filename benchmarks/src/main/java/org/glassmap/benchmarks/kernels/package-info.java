/** The core's hot loops, timed. */
@NullMarked
package org.glassmap.benchmarks.kernels;

import org.jspecify.annotations.NullMarked;
