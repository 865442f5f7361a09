/** Methods: a typed schema per engine, and the ids of what they fix. */
@NullMarked
package org.glassmap.structures.methods;

import org.jspecify.annotations.NullMarked;
