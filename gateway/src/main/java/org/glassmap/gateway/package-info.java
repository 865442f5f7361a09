/** The one door: routes, identity, projects and limits. It knows no domain type. */
@NullMarked
package org.glassmap.gateway;

import org.jspecify.annotations.NullMarked;
