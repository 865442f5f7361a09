/** The supervisor, its three children, and how they are found again when it is gone. */
@NullMarked
package org.glassmap.standalone.supervision;

import org.jspecify.annotations.NullMarked;
