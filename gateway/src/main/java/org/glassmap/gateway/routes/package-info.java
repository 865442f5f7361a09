/** The way to the services: which path is whose, how large a body may be, who is asking. */
@NullMarked
package org.glassmap.gateway.routes;

import org.jspecify.annotations.NullMarked;
