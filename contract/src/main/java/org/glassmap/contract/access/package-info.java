/** Who may do what: projects, their members, tokens, and who oneself is. Served by the gateway. */
@NullMarked
package org.glassmap.contract.access;

import org.jspecify.annotations.NullMarked;
