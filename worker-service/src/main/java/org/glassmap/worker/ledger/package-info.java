/** What the agent holds, on the disk before anything starts: leases, their folders, their reports. */
@NullMarked
package org.glassmap.worker.ledger;

import org.jspecify.annotations.NullMarked;
