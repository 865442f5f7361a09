package org.glassmap.contract.access;

import org.glassmap.contract.problems.Problem;

/** Why a caller is turned away. */
public enum AccessProblem implements Problem {
    UNAUTHENTICATED("unauthenticated", 401, "A valid token is needed"),
    FORBIDDEN("forbidden", 403, "The token does not allow this"),
    PROJECT_NEEDED("project-needed", 400, "The token is good for several projects; the request must name one"),
    NO_SUCH_PROJECT("no-such-project", 403, "The token is not good for that project");

    private final String slug;
    private final int status;
    private final String title;

    AccessProblem(String slug, int status, String title) {
        this.slug = slug;
        this.status = status;
        this.title = title;
    }

    @Override
    public String slug() {
        return slug;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
