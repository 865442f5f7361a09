package org.glassmap.worker.engines;

import java.io.IOException;
import java.nio.file.Path;
import org.glassmap.contract.agents.Lease;
import org.glassmap.contract.agents.LeaseReport;
import org.glassmap.worker.dispatch.Running;
import org.glassmap.worker.dispatch.Work;

/** A way to compute what a method asks for. Many calculations may be under way at once. */
public interface Engine {

    /** As methods name it: {@code potential}, {@code vasp}. */
    String name();

    /**
     * Writes the inputs into an empty folder and says what is to run.
     *
     * @throws UnfitInputException if the method or the structure can never be computed
     * @throws InterruptedException while waiting for something it needs, such as a file from the store
     */
    Work prepare(Lease lease, Path folder) throws IOException, InterruptedException;

    /** Reads what is in the folder after the work has ended and judges it. An exit code alone is never believed. */
    LeaseReport read(Lease lease, Path folder, Running.Exit exit) throws IOException;
}
