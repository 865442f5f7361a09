package org.glassmap.worker.dispatch;

import java.nio.file.Path;
import java.util.Optional;
import org.glassmap.contract.agents.Lease;

/** Runs computations on the thread that waits for them. They die with the agent: the journal is the evidence. */
public final class ComputationDispatcher implements Dispatcher<Work.Computation> {

    @Override
    public Running start(Work.Computation work, Lease lease, Path folder) {
        return new InProcess(work);
    }

    @Override
    public Optional<Running> adopt(Lease lease, Path folder) {
        return Optional.empty();
    }

    private static final class InProcess implements Running, Work.Observer {

        private final Work.Computation work;
        private volatile boolean cancelled;
        private volatile Progress progress = Progress.UNKNOWN;

        InProcess(Work.Computation work) {
            this.work = work;
        }

        @Override
        public Exit await() throws InterruptedException {
            try {
                work.run(this);
                return new Exit.Ended(0);
            } catch (Work.StoppedException stopped) {
                if (cancelled) {
                    return new Exit.Cancelled();
                }
                Thread.interrupted(); // it is handed on as the exception
                throw new InterruptedException("the agent is stopping");
            } catch (RuntimeException e) {
                // The one boundary around foreign physics: whatever it throws belongs to this calculation alone.
                return new Exit.Threw(e);
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public Progress progress() {
            return progress;
        }

        @Override
        public void stepped(int step, double energy) {
            progress = new Progress(null, step, energy);
            if (cancelled || Thread.currentThread().isInterrupted()) {
                throw new Work.StoppedException();
            }
        }
    }
}
