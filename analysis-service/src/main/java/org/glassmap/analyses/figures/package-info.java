/** Drawings of numbers: marks on a plane, written as SVG or PNG, the same picture on every machine. */
@NullMarked
package org.glassmap.analyses.figures;

import org.jspecify.annotations.NullMarked;
