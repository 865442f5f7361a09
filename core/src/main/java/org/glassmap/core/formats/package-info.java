/**
 * Files of other programs, read and written. Every byte is taken as hostile: a reader ends with a value or a
 * {@link org.glassmap.core.formats.FormatException} that names place, field, value and remedy, within the memory that
 * {@link org.glassmap.core.formats.ReadingLimits} allow. A reader is given a stream, never a path.
 */
@NullMarked
package org.glassmap.core.formats;

import org.jspecify.annotations.NullMarked;
