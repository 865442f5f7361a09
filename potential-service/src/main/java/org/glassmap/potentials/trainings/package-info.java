/** Trainings: documents, the jobs that carry them out, and the errors of their epochs. */
@NullMarked
package org.glassmap.potentials.trainings;

import org.jspecify.annotations.NullMarked;
