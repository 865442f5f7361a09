/** What every long job shows of itself. */
@NullMarked
package org.glassmap.contract.jobs;

import org.jspecify.annotations.NullMarked;
