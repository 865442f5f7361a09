/** What the sampler asks of the other services, in the words of the domain. */
@NullMarked
package org.glassmap.sampler.peers;

import org.jspecify.annotations.NullMarked;
