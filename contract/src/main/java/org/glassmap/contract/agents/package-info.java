/** The worker's side of the queue: leases, heartbeats, results. */
@NullMarked
package org.glassmap.contract.agents;

import org.jspecify.annotations.NullMarked;
