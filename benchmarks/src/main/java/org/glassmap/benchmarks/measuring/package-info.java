/** Times, how they are taken and how they are shown. */
@NullMarked
package org.glassmap.benchmarks.measuring;

import org.jspecify.annotations.NullMarked;
