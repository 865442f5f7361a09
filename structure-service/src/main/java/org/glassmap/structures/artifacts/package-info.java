/** Files by their hash, on a disk. */
@NullMarked
package org.glassmap.structures.artifacts;

import org.jspecify.annotations.NullMarked;
