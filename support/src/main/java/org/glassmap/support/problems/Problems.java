package org.glassmap.support.problems;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.glassmap.contract.problems.Problem;
import org.glassmap.contract.problems.ProblemDocument;
import org.glassmap.contract.problems.ProblemError;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Writes problem documents, also from places where no controller is near: filters, security, the server itself. */
public final class Problems {
    private final JsonMapper json;

    public Problems(JsonMapper json) {
        this.json = json;
    }

    /** @return the document for a failure of this request */
    public ProblemDocument document(
            Problem problem, @Nullable String detail, List<ProblemError> errors, HttpServletRequest request) {
        return new ProblemDocument(
                problem.type(),
                problem.title(),
                problem.status(),
                detail,
                pathOf(request),
                Trace.current().orElse(null),
                errors);
    }

    /** Answers the request with a problem document, unless an answer is on its way already. */
    public void write(
            Problem problem, @Nullable String detail, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(problem.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(document(problem, detail, List.of(), request)));
        response.flushBuffer();
    }

    private static @Nullable URI pathOf(HttpServletRequest request) {
        Object original = request.getAttribute("jakarta.servlet.error.request_uri");
        String path = original == null ? request.getRequestURI() : original.toString();
        try {
            return new URI(path);
        } catch (URISyntaxException e) {
            return null; // a path that is no URI cannot be named in a field that wants one
        }
    }
}
