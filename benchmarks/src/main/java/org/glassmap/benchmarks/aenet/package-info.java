/** Glassmap beside ænet 2.0.4, which is built apart and only called. */
@NullMarked
package org.glassmap.benchmarks.aenet;

import org.jspecify.annotations.NullMarked;
