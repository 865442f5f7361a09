/**
 * A PostgreSQL server that Glassmap keeps itself, for machines that have none: unpacked, initialised, started, adopted
 * and stopped here; and the schemas and login roles of the services in it.
 */
@NullMarked
package org.glassmap.support.postgresql;

import org.jspecify.annotations.NullMarked;
