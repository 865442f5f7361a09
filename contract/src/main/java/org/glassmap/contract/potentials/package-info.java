/** Trained potentials and their predictions. */
@NullMarked
package org.glassmap.contract.potentials;

import org.jspecify.annotations.NullMarked;
