/** Files of the store on this machine, by their hash. */
@NullMarked
package org.glassmap.worker.artifacts;

import org.jspecify.annotations.NullMarked;
