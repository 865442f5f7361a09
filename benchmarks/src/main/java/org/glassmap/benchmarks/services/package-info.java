/** The whole system as it stands on one machine, timed through its one address. */
@NullMarked
package org.glassmap.benchmarks.services;

import org.jspecify.annotations.NullMarked;
