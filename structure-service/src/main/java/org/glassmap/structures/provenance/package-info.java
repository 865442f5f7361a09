/** What came from what. */
@NullMarked
package org.glassmap.structures.provenance;

import org.jspecify.annotations.NullMarked;
