/** Plain numerics: linear algebra, optimisers, geometry. Knows neither atoms nor units. */
@NullMarked
package org.glassmap.core.numerics;

import org.jspecify.annotations.NullMarked;
