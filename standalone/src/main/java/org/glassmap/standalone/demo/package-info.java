/** The main job, done through the gateway as a user would: from crystals to a phase diagram. */
@NullMarked
package org.glassmap.standalone.demo;

import org.jspecify.annotations.NullMarked;
