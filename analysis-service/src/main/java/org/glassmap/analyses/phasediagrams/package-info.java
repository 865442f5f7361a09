/** Phase diagrams of Li2S–P2S5: made from labels, kept, drawn. */
@NullMarked
package org.glassmap.analyses.phasediagrams;

import org.jspecify.annotations.NullMarked;
