@NullMarked
package org.glassmap.core.formats;

import org.jspecify.annotations.NullMarked;
