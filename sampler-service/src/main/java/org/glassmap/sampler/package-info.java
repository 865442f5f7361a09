/** Searches and campaigns. */
@NullMarked
package org.glassmap.sampler;

import org.jspecify.annotations.NullMarked;
