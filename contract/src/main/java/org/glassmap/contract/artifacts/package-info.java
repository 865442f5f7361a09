/** Files by their hash. */
@NullMarked
package org.glassmap.contract.artifacts;

import org.jspecify.annotations.NullMarked;
