package org.glassmap.sampler.campaigns;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.glassmap.contract.campaigns.CampaignStep;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** When each step of a campaign ended: where its time went. */
@Component
class StepTimes {

    private final JdbcClient jdbc;

    StepTimes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In the order in which they ended. */
    List<CampaignStep> of(UUID campaign) {
        return jdbc.sql("select path, ended from campaign_step where campaign = ? order by ended, path collate \"C\"")
                .param(campaign)
                .query((row, number) -> new CampaignStep(
                        row.getString("path"),
                        row.getObject("ended", OffsetDateTime.class).toInstant().toString()))
                .list();
    }
}
