@NullMarked
package org.glassmap.core.learning;

import org.jspecify.annotations.NullMarked;
