package org.glassmap.support.caching;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.PathContainer;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Gives what is read a strong {@code ETag}, a hash of the bytes told, and answers 304 where {@code If-None-Match} names it.
 * For small things that rarely change: their bytes are held until the hash is known. A server declares a bean.
 */
public final class ContentTags extends ShallowEtagHeaderFilter {

    private final List<PathPattern> patterns;

    /** @param patterns paths with variables in braces; nothing that is streamed */
    public ContentTags(String... patterns) {
        this.patterns = Stream.of(patterns)
                .map(PathPatternParser.defaultInstance::parse)
                .toList();
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        PathContainer path = PathContainer.parsePath(request.getRequestURI());
        return !request.getMethod().equals("GET") || patterns.stream().noneMatch(pattern -> pattern.matches(path));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache, private"); // keep it, and ask whether it still holds
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        super.doFilterInternal(request, response, chain);
    }
}
