/** What Glassmap's parts cost, by one command and in one table. */
@NullMarked
package org.glassmap.benchmarks;

import org.jspecify.annotations.NullMarked;
