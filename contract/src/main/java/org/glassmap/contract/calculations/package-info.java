/** What is to be computed, asked for singly or in batches. */
@NullMarked
package org.glassmap.contract.calculations;

import org.jspecify.annotations.NullMarked;
