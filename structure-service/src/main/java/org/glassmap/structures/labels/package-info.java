/** Training data and where each came from. */
@NullMarked
package org.glassmap.structures.labels;

import org.jspecify.annotations.NullMarked;
