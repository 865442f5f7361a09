/** What potentials are put through before use, as long jobs. */
@NullMarked
package org.glassmap.contract.acceptances;

import org.jspecify.annotations.NullMarked;
