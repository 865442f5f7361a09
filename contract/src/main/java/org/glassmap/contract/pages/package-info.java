/** Pages of a listing. */
@NullMarked
package org.glassmap.contract.pages;

import org.jspecify.annotations.NullMarked;
