/** Identity: projects, their members and tokens; what comes in as a token goes on inside as a short-lived signed one. */
@NullMarked
package org.glassmap.gateway.access;

import org.jspecify.annotations.NullMarked;
