package org.glassmap.contract.access;

import java.time.Instant;

/**
 * A project, the owner of what is made in it.
 *
 * @param name unique; may stand for the id in the {@code project} parameter
 * @param sharesResults true if its calculations may be answered with results of other projects that share, and theirs
 *     with its own
 */
public record ProjectDocument(ProjectId id, String name, boolean sharesResults, Instant created) {}
