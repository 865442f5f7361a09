package org.glassmap.support.problems;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives each request a trace id, or keeps the one it came with ({@code traceparent}, W3C Trace Context), so that a
 * problem document, the logs of every server that had a part in it, and the answer's {@code Trace-Id} header agree.
 */
public final class Trace extends OncePerRequestFilter {
    public static final String HEADER = "traceparent";

    public static final String ANSWER_HEADER = "Trace-Id";

    private static final String KEY = "traceId";

    private static final Pattern FORM = Pattern.compile("00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

    /** @return the trace id of the request that this thread is working on */
    public static Optional<String> current() {
        return Optional.ofNullable(MDC.get(KEY));
    }

    /** @return the {@code traceparent} for a request to another server, part of the same trace */
    public static String parentForCall() {
        return "00-" + current().orElseGet(() -> hex(32)) + "-" + hex(16) + "-00";
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String id = idFrom(request.getHeader(HEADER));
        MDC.put(KEY, id);
        response.setHeader(ANSWER_HEADER, id);
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove(KEY);
        }
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false; // the error page names the trace too
    }

    private static String idFrom(@Nullable String header) {
        if (header != null) {
            Matcher matcher = FORM.matcher(header);
            if (matcher.matches()) {
                return matcher.group(1);
            }
        }
        return hex(32);
    }

    /** An identifier, not a secret. */
    private static String hex(int digits) {
        byte[] bytes = new byte[digits / 2];
        ThreadLocalRandom.current().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
