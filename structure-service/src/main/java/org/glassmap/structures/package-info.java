/** What is known: structures, methods, labels, datasets, artifacts, and the queue of what is to be computed. */
@NullMarked
package org.glassmap.structures;

import org.jspecify.annotations.NullMarked;
