package org.glassmap.sampler.campaigns;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.glassmap.contract.jobs.JobProgress;
import org.glassmap.support.jobs.Job;
import org.jspecify.annotations.Nullable;

/** How far a campaign is, told to its job. Safe for several threads. */
final class Progress {

    private static final long TELL_EVERY_NANOS = 300_000_000L;

    private final Job job;
    private final Map<String, Double> weights;
    private final double total;
    private final Set<String> done = new HashSet<>();
    private double doneWeight;
    private final long begin = System.nanoTime();
    private double weightAtBegin = -1;
    private long toldAt;
    private String phase = "begins";

    Progress(Job job, Map<String, Double> weights) {
        this.job = job;
        this.weights = weights;
        this.total = weights.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    synchronized void begun(String path) {
        if (weightAtBegin < 0) {
            weightAtBegin = doneWeight; // what was remembered says nothing of the speed of this run
        }
        phase = phase(path);
        job.event("step", new Begun(path));
        tell(0, null);
    }

    synchronized void done(String path) {
        if (done.add(path)) {
            doneWeight += weights.getOrDefault(path, 0.0);
        }
    }

    /** @param fraction of the step at work
     * @param detail what it says of itself */
    synchronized void within(String path, double fraction, @Nullable String detail, @Nullable String waitingReason) {
        if (System.nanoTime() - toldAt < TELL_EVERY_NANOS) {
            return;
        }
        phase = phase(path) + (detail == null ? "" : ": " + detail);
        tell(weights.getOrDefault(path, 0.0) * fraction, waitingReason);
    }

    private void tell(double beyond, @Nullable String waitingReason) {
        double now = Math.min(total, doneWeight + beyond);
        double moved = now - weightAtBegin;
        double seconds = (System.nanoTime() - begin) * 1e-9;
        @Nullable Double left = moved > 0.02 * total && seconds > 2 ? seconds * (total - now) / moved : null;
        job.progress(new JobProgress(total == 0 ? 0 : now / total, phase, left, waitingReason));
        toldAt = System.nanoTime();
    }

    private static String phase(String path) {
        String walk = path.substring(0, path.indexOf('/')).replace('-', ' ');
        String what = path.substring(path.indexOf('/') + 1);
        String where =
                what.startsWith("front-") ? ", front " + what.substring(6).split("/", 2)[0] : "";
        String act = what.endsWith("label")
                ? "the reference method labels"
                : what.endsWith("reference")
                        ? "the reference method relaxes"
                        : what.endsWith("train")
                                ? "trains"
                                : what.endsWith("accept")
                                        ? "puts the potential to the test"
                                        : what.endsWith("probe") ? "probes" : "searches";
        return walk + where + ": " + act;
    }

    private record Begun(String path) {}
}
