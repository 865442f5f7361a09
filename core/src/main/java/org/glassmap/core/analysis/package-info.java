@NullMarked
package org.glassmap.core.analysis;

import org.jspecify.annotations.NullMarked;
