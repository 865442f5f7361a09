package org.glassmap.support.problems;

import org.glassmap.contract.problems.ProblemError;
import org.glassmap.contract.problems.RequestProblem;

/** Something was asked for that does not exist, or that the caller may not see: the two are told alike. */
public final class NothingThere extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String name;

    /**
     * @param kind what was sought: "structure"
     * @param name what the caller called it
     */
    public NothingThere(String kind, String name) {
        super("There is no " + kind + " " + name + " among what you can see.");
        this.name = name;
    }

    ProblemException telling() {
        return ProblemException.of(RequestProblem.NOT_FOUND, String.valueOf(getMessage()))
                .with(ProblemError.of(String.valueOf(getMessage())).withValue(name));
    }
}
