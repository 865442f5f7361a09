/** Makes the teacher, the stand-in for first-principles calculations, from labelled structures, and judges it. */
@NullMarked
package org.glassmap.core.learning.teacher;

import org.jspecify.annotations.NullMarked;
