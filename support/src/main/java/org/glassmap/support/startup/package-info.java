/**
 * How a Glassmap server starts: its name, port, schema and the defaults that all servers share, said once on the
 * application class by {@link org.glassmap.support.startup.ServiceApplication}.
 *
 * <p>Standalone runs all servers in one JVM as sibling contexts, where every context sees every jar. Two things keep them
 * apart: each reads the configuration file of its own name, and
 * {@link org.glassmap.support.startup.AutoConfigurationsOfOthers} leaves out what only a neighbour's jars brought in.
 */
@NullMarked
package org.glassmap.support.startup;

import org.jspecify.annotations.NullMarked;
