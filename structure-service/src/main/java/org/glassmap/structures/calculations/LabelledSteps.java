package org.glassmap.structures.calculations;

import java.util.ArrayList;
import java.util.List;
import org.glassmap.contract.agents.LeaseReport;
import org.glassmap.contract.methods.MethodRecord;

/**
 * Which steps of a relaxation become labels, as the method says: {@code last}, {@code first-and-last} or
 * {@code every-<n>} (the first, every n-th after it, and the last).
 */
record LabelledSteps(boolean first, int every) {

    private static final String EVERY = "every-";

    static LabelledSteps of(MethodRecord method) {
        String labels = method.settings().get("labels") instanceof String text ? text : "last";
        return labels.startsWith(EVERY)
                ? new LabelledSteps(true, Integer.parseInt(labels.substring(EVERY.length())))
                : new LabelledSteps(labels.equals("first-and-last"), 0);
    }

    /** @param steps in order, at least one */
    List<LeaseReport.Step> among(List<LeaseReport.Step> steps) {
        List<LeaseReport.Step> chosen = new ArrayList<>();
        for (LeaseReport.Step step : steps.subList(0, steps.size() - 1)) {
            boolean begins = first && step.index() == 0;
            if (begins || (every > 0 && step.index() % every == 0)) {
                chosen.add(step);
            }
        }
        chosen.add(steps.getLast());
        return chosen;
    }
}
