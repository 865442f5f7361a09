/** All of Glassmap on one machine: the supervisor, its children and the commands of the launcher. */
@NullMarked
package org.glassmap.standalone;

import org.jspecify.annotations.NullMarked;
