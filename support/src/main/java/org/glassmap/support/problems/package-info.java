/** Renders every failure of a server as one RFC 9457 problem document. */
@NullMarked
package org.glassmap.support.problems;

import org.jspecify.annotations.NullMarked;
