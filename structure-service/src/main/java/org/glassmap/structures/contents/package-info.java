/** Things that are what they contain: their ids, their canonical forms, and who may see them. */
@NullMarked
package org.glassmap.structures.contents;

import org.jspecify.annotations.NullMarked;
