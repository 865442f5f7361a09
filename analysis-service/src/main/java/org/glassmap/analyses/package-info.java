/** Phase diagrams and their figures. */
@NullMarked
package org.glassmap.analyses;

import org.jspecify.annotations.NullMarked;
