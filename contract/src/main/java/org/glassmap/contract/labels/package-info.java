/** Training data on the wire: energy, forces and stress of a structure by a method. */
@NullMarked
package org.glassmap.contract.labels;

import org.jspecify.annotations.NullMarked;
