/** Holds every exchange of every API test against the written document of the API. */
@NullMarked
package org.glassmap.support.contracts;

import org.jspecify.annotations.NullMarked;
