package org.glassmap.benchmarks.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.glassmap.benchmarks.services.CampaignParts.Part;
import org.glassmap.contract.campaigns.CampaignStep;
import org.junit.jupiter.api.Test;

class CampaignPartsTest {

    @Test
    void theTimeBetweenTwoEndsIsThatOfTheLaterStep() {
        Map<Part, Double> parts = CampaignParts.seconds(
                Instant.parse("2026-01-01T00:00:00Z"),
                List.of(
                        step("start/label", 2),
                        step("start/reference", 3),
                        step("probes/label", 4),
                        step("start/train", 10),
                        step("start/probe", 11),
                        step("sweep/front-1/gamma/Li2S", 15),
                        step("sweep/front-1/beta/P2S5", 16),
                        step("sweep/front-1/label", 18),
                        step("sweep/front-1/reference", 25),
                        step("end/digest", 26)));
        assertThat(parts)
                .isEqualTo(Map.of(
                        Part.LABELS, 5.0,
                        Part.RELAXATIONS, 8.0,
                        Part.TRAININGS, 6.0,
                        Part.WALKS, 5.0,
                        Part.RECORDS, 2.0));
    }

    private static CampaignStep step(String path, int second) {
        return new CampaignStep(path, "2026-01-01T00:00:%02dZ".formatted(second));
    }
}
