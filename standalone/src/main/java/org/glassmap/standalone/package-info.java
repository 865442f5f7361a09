/**
 * All of Glassmap on one machine, as {@code ./glassmap} starts it.
 *
 * <p>{@code installation} is what lies in the data folder. {@code supervision} is the supervisor and its three children:
 * PostgreSQL, the services' JVM and the worker. {@code commands} is what can be typed. {@link Main} lists the commands;
 * a new one is a class there.
 */
@NullMarked
package org.glassmap.standalone;

import org.jspecify.annotations.NullMarked;
