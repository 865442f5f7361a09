/** What lies in the data folder: where things are, which ports, the secrets, who holds what. */
@NullMarked
package org.glassmap.standalone.installation;

import org.jspecify.annotations.NullMarked;
