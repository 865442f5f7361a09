package org.glassmap.support.jobs;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.glassmap.contract.jobs.JobProgress;
import org.glassmap.contract.jobs.JobState;
import org.jspecify.annotations.Nullable;

/** A job in the hands of one runner. Every write throws {@link JobOvertakenException} once another has it. */
public final class Job {

    private final JobStore store;
    private final UUID id;
    private final String project;
    private final long epoch;

    Job(JobStore store, UUID id, String project, long epoch) {
        this.store = store;
        this.id = id;
        this.project = project;
        this.epoch = epoch;
    }

    public UUID id() {
        return id;
    }

    /** On whose behalf it runs. */
    public String project() {
        return project;
    }

    /** What the last runner kept; empty for the first. */
    public Optional<byte[]> checkpoint() {
        return store.checkpoint(id);
    }

    /** Replaces the checkpoint. */
    public void checkpoint(byte[] bytes) {
        store.checkpoint(id, epoch, bytes);
    }

    public void progress(JobProgress progress) {
        store.progress(id, epoch, progress);
    }

    public boolean cancelWanted() {
        return store.cancelWanted(id);
    }

    /** @throws JobCancelledException where somebody wishes the job to end */
    public void requireNotCancelled() {
        if (cancelWanted()) {
            throw new JobCancelledException();
        }
    }

    /** Runs short database work in a transaction that holds the job's row under this runner's epoch. */
    public <T> T write(Supplier<T> work) {
        return store.inEpoch(id, epoch, work);
    }

    void end(JobState state, @Nullable String failure) {
        store.end(id, epoch, state, failure);
    }

    /** Appends to the job's events. */
    public void event(String kind, Object body) {
        store.event(id, epoch, kind, body);
    }
}
