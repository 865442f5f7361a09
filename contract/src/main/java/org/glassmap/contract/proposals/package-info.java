/** Descriptor settings proposed from a dataset, as long jobs. */
@NullMarked
package org.glassmap.contract.proposals;

import org.jspecify.annotations.NullMarked;
