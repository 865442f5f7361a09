/** Trainings as durable jobs, potentials as immutable documents, predictions. */
@NullMarked
package org.glassmap.potentials;

import org.jspecify.annotations.NullMarked;
