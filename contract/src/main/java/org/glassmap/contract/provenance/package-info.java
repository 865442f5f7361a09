/** What came from what. */
@NullMarked
package org.glassmap.contract.provenance;

import org.jspecify.annotations.NullMarked;
