package org.glassmap.worker.dispatch;

import java.util.List;

/** What is to run so that a calculation is done, once its inputs are written. */
public sealed interface Work {

    /** A program of its own that lives on when the agent dies. Run in the lease's work folder. */
    record Command(List<String> words) implements Work {

        public Command {
            words = List.copyOf(words);
            if (words.isEmpty() || words.getFirst().isBlank()) {
                throw new IllegalArgumentException("a command needs at least a program");
            }
        }
    }

    /** A computation inside the agent; what it leaves behind lies in the work folder when it returns. */
    @FunctionalInterface
    non-sealed interface Computation extends Work {
        void run(Observer observer);
    }

    /** Hears how a computation gets on, and tells it when to stop. */
    interface Observer {

        /** @throws StoppedException if it is to stop */
        void stepped(int step, double energy);
    }

    /** A computation was told to stop. */
    final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public StoppedException() {
            super("told to stop");
        }
    }
}
