/** Events of a resource as server-sent events. */
@NullMarked
package org.glassmap.support.events;

import org.jspecify.annotations.NullMarked;
