/** Makes the teacher, the demo's stand-in for first-principles calculations, from labelled structures, and judges it. */
@NullMarked
package org.glassmap.standalone.teacher;

import org.jspecify.annotations.NullMarked;
