package org.glassmap.sampler.campaigns;

import java.util.List;
import org.glassmap.contract.calculations.CalculationRecord;
import org.glassmap.contract.calculations.CalculationRecord.CalculationResult;
import org.jspecify.annotations.Nullable;

/**
 * The remembered output of a batch of calculations.
 *
 * @param all in the order they were asked for
 */
record Computed(List<One> all) {

    /**
     * One calculation that has ended.
     *
     * @param asked id of the structure it began with
     * @param result absent on a failure
     * @param failure why it failed for good; absent on a success
     */
    record One(
            String calculation,
            String asked,
            @Nullable CalculationResult result,
            @Nullable String failure) {

        static One of(CalculationRecord calculation) {
            @Nullable String failure = calculation.failure();
            boolean succeeded = calculation.result() != null;
            return new One(
                    calculation.id(),
                    calculation.structure(),
                    calculation.result(),
                    succeeded
                            ? null
                            : failure == null
                                    ? calculation.state().name().toLowerCase(java.util.Locale.ROOT)
                                    : failure);
        }

        /** Of the final structure. */
        @Nullable
        String label() {
            return result == null ? null : result.labels().getLast();
        }
    }

    static Computed of(List<CalculationRecord> calculations) {
        return new Computed(calculations.stream().map(One::of).toList());
    }

    /** Every label of every success. */
    List<String> labels() {
        return all.stream()
                .filter(one -> one.result() != null)
                .flatMap(one -> java.util.Objects.requireNonNull(one.result()).labels().stream())
                .toList();
    }
}
