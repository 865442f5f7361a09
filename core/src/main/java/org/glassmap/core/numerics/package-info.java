@NullMarked
package org.glassmap.core.numerics;

import org.jspecify.annotations.NullMarked;
