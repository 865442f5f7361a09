package org.glassmap.contract.campaigns;

import java.util.List;
import org.glassmap.contract.jobs.JobProgress;
import org.glassmap.contract.jobs.JobState;
import org.jspecify.annotations.Nullable;

/**
 * A campaign and how it goes.
 *
 * @param id {@code campaign-<hex>}
 * @param step path of the step at work, such as {@code iteration-1/sample/front-2}
 * @param iterations that have ended, the final sweep last
 * @param potential of the newest training; absent before the first
 * @param dataset of the newest training; absent before the first
 * @param digest sha-256 over the physics of all results; absent before the end
 * @param failure why it failed; absent elsewhere
 */
public record CampaignRecord(
        String id,
        CampaignRequest request,
        JobState state,
        JobProgress progress,
        @Nullable String step,
        List<IterationRecord> iterations,
        @Nullable String potential,
        @Nullable String dataset,
        @Nullable String digest,
        @Nullable String failure,
        String created) {}
