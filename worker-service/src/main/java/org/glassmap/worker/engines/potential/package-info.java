/** The engine {@code potential}: a stored potential file as reference method, inside the agent. */
@NullMarked
package org.glassmap.worker.engines.potential;

import org.jspecify.annotations.NullMarked;
