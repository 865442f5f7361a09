package org.glassmap.support.jobs;

import java.time.Instant;
import java.util.UUID;
import org.glassmap.contract.jobs.JobProgress;
import org.glassmap.contract.jobs.JobState;
import org.jspecify.annotations.Nullable;

/** A job's row as a reader sees it. */
public record JobStatus(
        UUID id,
        String kind,
        String project,
        JobState state,
        JobProgress progress,
        boolean cancelWanted,
        @Nullable String failure,
        Instant created) {}
