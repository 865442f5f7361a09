/** Ids of what is made, as distinct from what is its content. */
@NullMarked
package org.glassmap.support.ids;

import org.jspecify.annotations.NullMarked;
