/** What can be typed after {@code ./glassmap}. */
@NullMarked
package org.glassmap.standalone.commands;

import org.jspecify.annotations.NullMarked;
