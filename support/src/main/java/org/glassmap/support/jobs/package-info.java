/**
 * Long jobs inside a service. A job is a row; db-scheduler wakes a runner for it and wakes another when that one dies;
 * the row's epoch keeps a runner that was overtaken from changing anything.
 *
 * <p>A service imports {@link org.glassmap.support.jobs.JobsConfiguration}, adds {@code classpath:db/jobs} to its Flyway
 * locations and offers one {@link org.glassmap.support.jobs.JobBody} for each kind of job.
 */
@NullMarked
package org.glassmap.support.jobs;

import org.jspecify.annotations.NullMarked;
