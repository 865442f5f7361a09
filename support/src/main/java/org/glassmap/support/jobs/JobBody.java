package org.glassmap.support.jobs;

/** The work of one kind of job. */
public interface JobBody {

    /** Names the kind in the row; never changes once jobs of it exist. */
    String kind();

    /**
     * Does the work, or what is left of it: called anew after every crash, it goes on from the checkpoint and from the
     * rows it has written under the job's epoch.
     *
     * @throws JobCancelledException where the wish to cancel was heard
     * @throws PeerUnavailableException where another service does not answer: the job waits and is called again
     * @throws RuntimeException any other: the job has failed, the message says why
     */
    void run(Job job);
}
