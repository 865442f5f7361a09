package org.glassmap.support.events;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.glassmap.contract.problems.ProblemError;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.support.jobs.JobEvent;
import org.glassmap.support.jobs.JobStatus;
import org.glassmap.support.jobs.Jobs;
import org.glassmap.support.problems.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** The events of one job, from where the reader left off to the job's end. */
public final class EventStream {

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration COMMENT = Duration.ofSeconds(15);

    private EventStream() {}

    /**
     * @param lastEventId as the header says it; absent starts at the first event
     * @throws ProblemException where it is no number
     */
    public static ResponseEntity<StreamingResponseBody> of(Jobs jobs, UUID job, @Nullable String lastEventId) {
        long after = lastEventId == null ? 0 : number(lastEventId);
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .header("Cache-Control", "no-store")
                .header("X-Accel-Buffering", "no")
                .body(out -> write(jobs, job, after, out));
    }

    private static long number(String lastEventId) {
        try {
            return Long.parseLong(lastEventId);
        } catch (NumberFormatException e) {
            String detail = "must be the number of an event";
            throw ProblemException.of(RequestProblem.INVALID_REQUEST, "Last-Event-ID " + detail)
                    .with(ProblemError.inParameter("Last-Event-ID", detail).withValue(lastEventId));
        }
    }

    private static void write(Jobs jobs, UUID job, long after, java.io.OutputStream out) throws IOException {
        long seen = after;
        long quietSince = System.nanoTime();
        out.flush();
        while (true) {
            boolean ended = jobs.status(job).map(EventStream::ended).orElse(true);
            List<JobEvent> events = jobs.eventsAfter(job, seen);
            for (JobEvent event : events) {
                out.write("id: %d\nevent: %s\ndata: %s\n\n"
                        .formatted(event.number(), event.kind(), event.body())
                        .getBytes(StandardCharsets.UTF_8));
                seen = event.number();
            }
            if (!events.isEmpty()) {
                out.flush();
                quietSince = System.nanoTime();
            } else if (ended) {
                return;
            } else if (System.nanoTime() - quietSince > COMMENT.toNanos()) {
                out.write(": still here\n\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
                quietSince = System.nanoTime();
            }
            if (!events.isEmpty()) {
                continue;
            }
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static boolean ended(JobStatus status) {
        return status.state().ended();
    }
}
