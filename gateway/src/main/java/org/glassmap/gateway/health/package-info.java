/** Whether all of it is up. */
@NullMarked
package org.glassmap.gateway.health;

import org.jspecify.annotations.NullMarked;
