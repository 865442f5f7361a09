package org.glassmap.contract.problems;

/** What can be wrong with any request, and with any server. */
public enum RequestProblem implements Problem {
    UNREADABLE_REQUEST("unreadable-request", 400, "The request cannot be read"),
    INVALID_REQUEST("invalid-request", 422, "The request can be read, but what it asks for is not possible"),
    NOT_FOUND("not-found", 404, "There is no such thing, or it is not yours to see"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "This resource does not answer to that method"),
    NOT_ACCEPTABLE("not-acceptable", 406, "The answer does not exist in a format that the request accepts"),
    CONFLICT("conflict", 409, "The request does not fit the present state of the resource"),
    PRECONDITION_FAILED("precondition-failed", 412, "The resource was changed since it was read"),
    TOO_LARGE("too-large", 413, "The request is larger than is taken here"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "The body has a format that is not read here"),
    IDEMPOTENCY_KEY_REUSED("idempotency-key-reused", 422, "The idempotency key was used before, with another body"),
    PRECONDITION_REQUIRED("precondition-required", 428, "A change must say which version it changes"),
    TOO_MANY_REQUESTS("too-many-requests", 429, "A limit is reached; wait before asking again"),
    INTERNAL_ERROR("internal-error", 500, "The server failed; the trace id names the entry in its log"),
    BAD_GATEWAY("bad-gateway", 502, "A server behind this one failed"),
    UNAVAILABLE("unavailable", 503, "A server that is needed does not answer just now"),
    GATEWAY_TIMEOUT("gateway-timeout", 504, "A server behind this one took too long"),
    STORAGE_FULL("storage-full", 507, "There is no room left to store this");

    private final String slug;
    private final int status;
    private final String title;

    RequestProblem(String slug, int status, String title) {
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
