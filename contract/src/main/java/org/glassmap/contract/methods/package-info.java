/** Levels of theory on the wire. */
@NullMarked
package org.glassmap.contract.methods;

import org.jspecify.annotations.NullMarked;
