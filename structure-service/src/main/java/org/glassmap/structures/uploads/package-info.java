/** Files of many frames, streamed in and answered frame by frame. */
@NullMarked
package org.glassmap.structures.uploads;

import org.jspecify.annotations.NullMarked;
