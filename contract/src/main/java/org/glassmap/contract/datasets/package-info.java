/** Immutable sets of labels of one level of theory. */
@NullMarked
package org.glassmap.contract.datasets;

import org.jspecify.annotations.NullMarked;
