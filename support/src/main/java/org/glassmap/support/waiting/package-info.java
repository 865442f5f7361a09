/** Answers that are held back until there is something to say. */
@NullMarked
package org.glassmap.support.waiting;

import org.jspecify.annotations.NullMarked;
