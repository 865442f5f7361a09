/** Searches and phase diagrams, timed. */
@NullMarked
package org.glassmap.benchmarks.physics;

import org.jspecify.annotations.NullMarked;
