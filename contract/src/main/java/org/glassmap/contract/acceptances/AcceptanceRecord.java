package org.glassmap.contract.acceptances;

import java.util.List;
import org.glassmap.contract.jobs.JobProgress;
import org.glassmap.contract.jobs.JobState;
import org.jspecify.annotations.Nullable;

/**
 * An acceptance and what came of it.
 *
 * @param id {@code acceptance-<hex>}
 * @param request with every default filled in
 * @param passed whether every part was; absent before the end
 * @param failed the parts that were not, as {@code phonons Li2S: an imaginary mode of …}
 * @param parts in their order; absent in listings
 * @param failure why it could not be carried out; absent elsewhere
 * @param kernel by which all of it is computed; absent before it begins
 */
public record AcceptanceRecord(
        String id,
        String potential,
        AcceptanceRequest request,
        JobState state,
        JobProgress progress,
        @Nullable Boolean passed,
        List<String> failed,
        @Nullable List<Part> parts,
        @Nullable String failure,
        String created,
        @Nullable String kernel) {

    /**
     * @param kind {@code relaxation}, {@code equation-of-state}, {@code compression}, {@code elasticity}, {@code phonons},
     *     {@code dynamics} or {@code dimer}
     * @param subject the crystal, with a temperature where there is one, or the pair of species
     * @param finding in a sentence
     * @param grade the largest extrapolation grade met; absent where the potential has none
     */
    public record Part(
            String kind,
            String subject,
            boolean passed,
            String finding,
            List<Quantity> quantities,
            List<Curve> curves,
            @Nullable Double grade) {

        /** What is told of a part that did not pass, as {@code phonons Li2S: an imaginary mode of …}. */
        public String inWords() {
            return "%s %s: %s".formatted(kind, subject, finding);
        }
    }

    /** A number with its unit. */
    public record Quantity(String name, double value, String unit) {}

    /**
     * @param x what is varied, with its unit
     * @param y what is told, with its unit
     * @param points x and y of each
     */
    public record Curve(String x, String y, List<double[]> points) {}
}
