/** Trainings of potentials, as long jobs. */
@NullMarked
package org.glassmap.contract.trainings;

import org.jspecify.annotations.NullMarked;
