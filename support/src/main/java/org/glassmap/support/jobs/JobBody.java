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
     * @throws RuntimeException the job has failed, the message says why; unless another service or the database did not
     *     answer, as {@link org.glassmap.support.clients.ServiceClients} and Spring tell it: then the job waits and is
     *     called again
     */
    void run(Job job);
}
