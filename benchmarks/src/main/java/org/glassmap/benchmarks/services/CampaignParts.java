package org.glassmap.benchmarks.services;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.glassmap.contract.campaigns.CampaignStep;

/**
 * Where the time of a campaign went. Between the end of one step and the end of the next the later one was at work; of
 * searches side by side the one that ended is as good as any, for they are of one part.
 */
final class CampaignParts {

    /** What a step does. */
    enum Part {
        LABELS("reference calculations: statics"),
        TRAININGS("trainings"),
        WALKS("walks: genetic searches, relaxations by the student"),
        RELAXATIONS("relaxations by the reference method"),
        RECORDS("probes and records");

        private final String what;

        Part(String what) {
            this.what = what;
        }

        String what() {
            return what;
        }

        private static Part of(String path) {
            String last = path.substring(path.lastIndexOf('/') + 1);
            return switch (last) {
                case "label" -> LABELS;
                case "train" -> TRAININGS;
                case "reference" -> RELAXATIONS;
                default -> path.contains("/front-") ? WALKS : RECORDS;
            };
        }
    }

    private CampaignParts() {}

    /** @param steps in the order in which they ended
     * @return seconds
     */
    static Map<Part, Double> seconds(Instant begin, List<CampaignStep> steps) {
        Map<Part, Double> parts = new EnumMap<>(Part.class);
        Instant before = begin;
        for (CampaignStep step : steps) {
            Instant ended = Instant.parse(step.ended());
            parts.merge(
                    Part.of(step.path()), 1e-9 * Duration.between(before, ended).toNanos(), Double::sum);
            before = ended;
        }
        return parts;
    }
}
