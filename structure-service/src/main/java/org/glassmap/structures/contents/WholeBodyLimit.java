package org.glassmap.structures.contents;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.support.problems.ProblemException;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/** Bodies that are held in memory as a whole may not be of any size; files, which are streamed, may. */
@RestControllerAdvice
class WholeBodyLimit extends RequestBodyAdviceAdapter {

    /** Parsed, a body may need ten times its length. */
    private static final long MOST_BYTES = 16L << 20;

    @Override
    public boolean supports(MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public HttpInputMessage beforeBodyRead(
            HttpInputMessage message,
            MethodParameter parameter,
            Type type,
            Class<? extends HttpMessageConverter<?>> converter)
            throws IOException {
        InputStream limited = new Limited(message.getBody());
        return new HttpInputMessage() {
            @Override
            public InputStream getBody() {
                return limited;
            }

            @Override
            public HttpHeaders getHeaders() {
                return message.getHeaders();
            }
        };
    }

    private static final class Limited extends FilterInputStream {

        private long count;

        Limited(InputStream in) {
            super(in);
        }

        private void count(int bytes) {
            count += Math.max(0, bytes);
            if (count > MOST_BYTES) {
                throw ProblemException.of(
                        RequestProblem.TOO_LARGE,
                        "A JSON body may have at most %d bytes; send a file of many frames instead."
                                .formatted(MOST_BYTES));
            }
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            count(read);
            return read;
        }
    }
}
