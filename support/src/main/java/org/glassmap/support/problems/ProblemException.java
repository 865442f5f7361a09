package org.glassmap.support.problems;

import java.util.ArrayList;
import java.util.List;
import org.glassmap.contract.problems.Problem;
import org.glassmap.contract.problems.ProblemError;

/** A failure that the caller is to hear of, with the kind of problem it is. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient List<ProblemError> errors;

    public ProblemException(Problem problem, String detail, List<ProblemError> errors) {
        super(detail);
        this.problem = problem;
        this.errors = List.copyOf(errors);
    }

    public static ProblemException of(Problem problem, String detail) {
        return new ProblemException(problem, detail, List.of());
    }

    /** The same, with one more fault named. */
    public ProblemException with(ProblemError error) {
        List<ProblemError> more = new ArrayList<>(errors);
        more.add(error);
        return new ProblemException(problem, detail(), more);
    }

    public Problem problem() {
        return problem;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public List<ProblemError> errors() {
        return errors;
    }
}
