package org.glassmap.gateway.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.support.problems.Problems;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** So many requests of one token are worked on at once; a loop that ran wild must not keep the others of the lab waiting. */
@Component
class RequestsAtOnce extends OncePerRequestFilter {
    private final Problems problems;
    private final int most;
    private final Map<String, Integer> running = new ConcurrentHashMap<>();

    RequestsAtOnce(Problems problems, AccessProperties properties) {
        this.problems = problems;
        this.most = properties.requestsAtOnce();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null || !(authentication.getPrincipal() instanceof KnownToken token)) {
            chain.doFilter(request, response);
            return;
        }
        int now = running.merge(token.prefix(), 1, Integer::sum);
        try {
            if (now > most) {
                response.setHeader(HttpHeaders.RETRY_AFTER, "1");
                problems.write(
                        RequestProblem.TOO_MANY_REQUESTS,
                        "This token has %d requests under way, and may have %d.".formatted(now - 1, most),
                        request,
                        response);
            } else {
                chain.doFilter(request, response);
            }
        } finally {
            running.computeIfPresent(token.prefix(), (prefix, count) -> count == 1 ? null : count - 1);
        }
    }
}
