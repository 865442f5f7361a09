package org.glassmap.support.contracts;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/** Looks at whatever a server under test answers, whichever client asked; {@link ContractKept} fails the test. */
@TestConfiguration(proxyBeanMethods = false)
public class ContractForTests {

    private static final ApiContract CONTRACT = ApiContract.written();

    /** Of a longer body only status and media type are looked at. */
    private static final int MOST_BYTES = 4 << 20;

    @Bean
    FilterRegistrationBean<OncePerRequestFilter> contractCheck() {
        FilterRegistrationBean<OncePerRequestFilter> registration = new FilterRegistrationBean<>(new Check());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        registration.setAsyncSupported(true);
        return registration;
    }

    private static final class Check extends OncePerRequestFilter {

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            Overheard overheard = new Overheard(response);
            Breaches.begin();
            try {
                chain.doFilter(request, overheard);
            } finally {
                if (request.isAsyncStarted()) {
                    request.getAsyncContext().addListener(new AtTheEnd(request, overheard));
                } else {
                    look(request, overheard);
                }
            }
        }
    }

    private static void look(HttpServletRequest request, Overheard answer) {
        byte @Nullable [] body = answer.body();
        // What is still to be rendered as an error page has a status and nothing else.
        boolean toCome = !answer.isCommitted() && answer.getStatus() >= 400 && body != null && body.length == 0;
        Breaches.end(CONTRACT.faults(
                request.getMethod(),
                request.getRequestURI(),
                answer.getStatus(),
                answer.getContentType(),
                toCome ? null : body));
    }

    private record AtTheEnd(HttpServletRequest request, Overheard answer) implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) {
            look(request, answer);
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }

    /** An answer that is written down on its way out. */
    private static final class Overheard extends HttpServletResponseWrapper {

        private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
        private boolean whole = true;
        private @Nullable ServletOutputStream out;
        private @Nullable PrintWriter writer;

        Overheard(HttpServletResponse response) {
            super(response);
        }

        byte @Nullable [] body() {
            return whole ? heard.toByteArray() : null;
        }

        private void hear(byte[] bytes, int offset, int length) {
            whole = whole && heard.size() + length <= MOST_BYTES;
            if (whole) {
                heard.write(bytes, offset, length);
            }
        }

        @Override
        public void resetBuffer() {
            super.resetBuffer();
            heard.reset();
        }

        @Override
        public void reset() {
            super.reset();
            heard.reset();
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            if (out == null) {
                out = new Heard(super.getOutputStream());
            }
            return out;
        }

        @Override
        public PrintWriter getWriter() throws IOException {
            if (writer == null) {
                writer = new PrintWriter(new OutputStreamWriter(getOutputStream(), StandardCharsets.UTF_8));
            }
            return writer;
        }

        @Override
        public void flushBuffer() throws IOException {
            if (writer != null) {
                writer.flush();
            }
            super.flushBuffer();
        }

        private final class Heard extends ServletOutputStream {

            private final ServletOutputStream to;

            Heard(ServletOutputStream to) {
                this.to = to;
            }

            @Override
            public void write(int b) throws IOException {
                to.write(b);
                hear(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                to.write(bytes, offset, length);
                hear(bytes, offset, length);
            }

            @Override
            public void flush() throws IOException {
                to.flush();
            }

            @Override
            public void close() throws IOException {
                to.close();
            }

            @Override
            public boolean isReady() {
                return to.isReady();
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                to.setWriteListener(listener);
            }
        }
    }
}
