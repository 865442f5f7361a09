/** Structures on the wire: what they are, how they are posted and read. */
@NullMarked
package org.glassmap.contract.structures;

import org.jspecify.annotations.NullMarked;
