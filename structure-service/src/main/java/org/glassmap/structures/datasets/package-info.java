/** Frozen sets of labels of one level of theory. */
@NullMarked
package org.glassmap.structures.datasets;

import org.jspecify.annotations.NullMarked;
