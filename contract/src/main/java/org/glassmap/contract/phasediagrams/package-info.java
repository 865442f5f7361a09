/** Phase diagrams of a line of compositions. */
@NullMarked
package org.glassmap.contract.phasediagrams;

import org.jspecify.annotations.NullMarked;
