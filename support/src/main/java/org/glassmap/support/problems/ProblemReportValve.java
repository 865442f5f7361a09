package org.glassmap.support.problems;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.glassmap.contract.problems.Problem;
import org.jspecify.annotations.Nullable;

/** Requests that Tomcat turns away before any servlet sees them, such as a path that is no URI. */
public final class ProblemReportValve extends ErrorReportValve {
    public ProblemReportValve() {
        setShowReport(false);
        setShowServerInfo(false);
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        Problem problem = ProblemAdvice.problemFor(status);
        String body = "{\"type\":\"" + problem.type() + "\",\"title\":\"" + problem.title() + "\",\"status\":" + status
                + ",\"errors\":[]}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try {
            HttpServletResponse answer = response.getResponse();
            answer.setContentType("application/problem+json");
            answer.setContentLength(bytes.length);
            answer.getOutputStream().write(bytes);
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            container.getLogger().debug("the caller of a broken request has gone", e);
        }
    }
}
