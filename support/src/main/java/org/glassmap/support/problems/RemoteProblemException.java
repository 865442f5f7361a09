package org.glassmap.support.problems;

import org.glassmap.contract.problems.Problem;
import org.glassmap.contract.problems.ProblemDocument;

/** Another server answered with a problem document. It is kept as it came. */
public final class RemoteProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ProblemDocument document;

    public RemoteProblemException(ProblemDocument document) {
        super(document.status() + " " + document.title() + (document.detail() == null ? "" : ": " + document.detail()));
        this.document = document;
    }

    public ProblemDocument document() {
        return document;
    }

    public boolean is(Problem problem) {
        return document.is(problem);
    }
}
