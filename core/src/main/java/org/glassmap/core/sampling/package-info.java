@NullMarked
package org.glassmap.core.sampling;

import org.jspecify.annotations.NullMarked;
