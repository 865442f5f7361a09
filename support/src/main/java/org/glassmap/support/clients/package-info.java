/** How servers and agents call each other: one client configuration, with time limits, retries and kept problems. */
@NullMarked
package org.glassmap.support.clients;

import org.jspecify.annotations.NullMarked;
