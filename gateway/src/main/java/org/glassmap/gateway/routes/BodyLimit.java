package org.glassmap.gateway.routes;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.support.problems.ProblemException;
import org.glassmap.support.problems.Problems;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Refuses bodies that are too large, at once where their length is told, else where they pass the limit. */
@Component
class BodyLimit extends OncePerRequestFilter {
    private final Problems problems;
    private final long usual;
    private final long upload;
    private final List<PathPattern> uploads;

    BodyLimit(Problems problems, LimitProperties limits) {
        this.problems = problems;
        this.usual = limits.body().toBytes();
        this.upload = limits.upload().toBytes();
        this.uploads = limits.uploads().stream()
                .map(PathPatternParser.defaultInstance::parse)
                .toList();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        PathContainer path = PathContainer.parsePath(request.getRequestURI());
        long limit = uploads.stream().anyMatch(pattern -> pattern.matches(path)) ? upload : usual;
        if (request.getContentLengthLong() > limit) {
            problems.write(RequestProblem.TOO_LARGE, detail(limit), request, response);
            return;
        }
        chain.doFilter(new Limited(request, limit), response);
    }

    private static String detail(long limit) {
        return "A body may have at most " + limit + " bytes here.";
    }

    private static final class Limited extends HttpServletRequestWrapper {
        private final long limit;

        Limited(HttpServletRequest request, long limit) {
            super(request);
            this.limit = limit;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new Counted(super.getInputStream(), limit);
        }
    }

    private static final class Counted extends ServletInputStream {
        private final ServletInputStream in;
        private final long limit;
        private long count;

        Counted(ServletInputStream in, long limit) {
            this.in = in;
            this.limit = limit;
        }

        private int counted(int read, int bytes) {
            if (read >= 0) {
                count += bytes;
                if (count > limit) {
                    throw ProblemException.of(RequestProblem.TOO_LARGE, detail(limit));
                }
            }
            return read;
        }

        @Override
        public int read() throws IOException {
            return counted(in.read(), 1);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            return counted(read, read);
        }

        @Override
        public boolean isFinished() {
            return in.isFinished();
        }

        @Override
        public boolean isReady() {
            return in.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            in.setReadListener(listener);
        }
    }
}
