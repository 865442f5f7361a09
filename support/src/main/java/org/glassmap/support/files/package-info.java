/** Folders and what lies in them. */
@NullMarked
package org.glassmap.support.files;

import org.jspecify.annotations.NullMarked;
