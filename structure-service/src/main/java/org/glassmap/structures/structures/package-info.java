/** Structures: posted and read in every format, kept once. */
@NullMarked
package org.glassmap.structures.structures;

import org.jspecify.annotations.NullMarked;
