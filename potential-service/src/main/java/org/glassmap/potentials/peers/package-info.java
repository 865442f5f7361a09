/** What is asked of the structure-service, in the words of the domain. */
@NullMarked
package org.glassmap.potentials.peers;

import org.jspecify.annotations.NullMarked;
