/** The connections beneath every call between servers. */
@NullMarked
package org.glassmap.support.connections;

import org.jspecify.annotations.NullMarked;
