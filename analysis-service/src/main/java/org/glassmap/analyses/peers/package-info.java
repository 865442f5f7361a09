/** The services that an analysis takes its numbers from. */
@NullMarked
package org.glassmap.analyses.peers;

import org.jspecify.annotations.NullMarked;
