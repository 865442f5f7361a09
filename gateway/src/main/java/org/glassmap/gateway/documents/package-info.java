/** The API document and its browsable page. */
@NullMarked
package org.glassmap.gateway.documents;

import org.jspecify.annotations.NullMarked;
