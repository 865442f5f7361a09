/** Backups, and starting from them. */
@NullMarked
package org.glassmap.standalone.safekeeping;

import org.jspecify.annotations.NullMarked;
