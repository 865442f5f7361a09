/** The engine {@code vasp}: writes VASP's inputs, reads its outputs, believes only what has converged. */
@NullMarked
package org.glassmap.worker.engines.vasp;

import org.jspecify.annotations.NullMarked;
