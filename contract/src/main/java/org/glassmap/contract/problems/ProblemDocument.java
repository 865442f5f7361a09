package org.glassmap.contract.problems;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, as RFC 9457 writes it ({@code application/problem+json}).
 *
 * @param type {@code /problems/<slug>}, see {@link Problem}
 * @param title the same for every case of this type
 * @param status the HTTP status again, for those who only see the body
 * @param detail this case, for people
 * @param instance the path that was asked for
 * @param traceId names the request in the logs of every server that had a part in it
 * @param errors the single faults, where there are several or where a place can be named
 */
public record ProblemDocument(
        URI type,
        String title,
        int status,
        @Nullable String detail,
        @Nullable URI instance,
        @Nullable String traceId,
        List<ProblemError> errors) {

    public ProblemDocument(
            URI type,
            @Nullable String title,
            int status,
            @Nullable String detail,
            @Nullable URI instance,
            @Nullable String traceId,
            @Nullable List<ProblemError> errors) {
        this.type = type;
        this.title = title == null ? "" : title;
        this.status = status;
        this.detail = detail;
        this.instance = instance;
        this.traceId = traceId;
        this.errors = errors == null ? List.of() : List.copyOf(errors);
    }

    /** True if this document tells of that kind of failure. */
    public boolean is(Problem problem) {
        return type.getPath() != null && type.getPath().endsWith("/problems/" + problem.slug());
    }
}
