/** What a caller has already is not sent again. */
@NullMarked
package org.glassmap.support.caching;

import org.jspecify.annotations.NullMarked;
