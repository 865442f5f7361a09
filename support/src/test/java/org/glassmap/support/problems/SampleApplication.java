package org.glassmap.support.problems;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.problems.ProblemError;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.support.identity.AgentAccess;
import org.glassmap.support.identity.Caller;
import org.glassmap.support.startup.ServiceApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A server with a fault behind every door. */
@ServiceApplication(name = "sample-service", port = 0)
public class SampleApplication {
    record Settings(double cutoff, int steps) {
        Settings {
            if (!(cutoff > 0)) {
                throw new IllegalArgumentException("cutoff must be positive, got " + cutoff + " Å");
            }
        }
    }

    record Job(String name, List<Settings> stages) {}

    static class OvenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OvenException(String message) {
            super(message);
        }
    }

    static final class HotOvenException extends OvenException {
        private static final long serialVersionUID = 1L;

        HotOvenException() {
            super("too hot");
        }
    }

    @Bean
    ProblemRule<OvenException> oven() {
        return new ProblemRule<>(
                OvenException.class,
                e -> ProblemException.of(RequestProblem.CONFLICT, Objects.requireNonNull(e.getMessage())));
    }

    @Bean
    ProblemRule<HotOvenException> hotOven() {
        return new ProblemRule<>(
                HotOvenException.class,
                e -> ProblemException.of(RequestProblem.TOO_MANY_REQUESTS, "let it cool")
                        .with(ProblemError.inFrame(7, "burnt").withLine(3).withRemedy("wait")));
    }

    @Bean
    AgentAccess agentsReadOvens() {
        return new AgentAccess(HttpMethod.GET, "/v1/ovens/*", true);
    }

    @Bean
    AgentAccess agentsHeat() {
        return new AgentAccess(HttpMethod.POST, "/v1/heat", false);
    }

    @RestController
    static class Doors {
        @PostMapping("/v1/jobs")
        Job post(@RequestBody Job job) {
            return job;
        }

        @GetMapping("/v1/ovens/{name}")
        String oven(@PathVariable String name) {
            return switch (name) {
                case "hot" -> throw new IllegalStateException("wrapped", new HotOvenException());
                case "cold" -> throw new OvenException("too cold");
                case "secret" -> throw new IllegalStateException("password=sesame");
                case "gone" -> throw new NothingThere("oven", name);
                default -> name;
            };
        }

        @PostMapping("/v1/heat")
        String heat() {
            return "hot";
        }

        @GetMapping("/v1/full-database")
        String fullDatabase() {
            throw new org.springframework.dao.DataAccessResourceFailureException(
                    "insert", new java.sql.SQLException("could not extend file", "53100"));
        }

        @GetMapping("/v1/full")
        String full() throws IOException {
            throw new IOException("No space left on device");
        }

        @GetMapping(value = "/v1/picture", produces = MediaType.IMAGE_PNG_VALUE)
        byte[] picture(@RequestParam int width) {
            return new byte[width];
        }

        @GetMapping("/v1/projects/{project}")
        String project(@PathVariable ProjectId project) {
            return project.value();
        }

        @GetMapping("/v1/whoami")
        Caller whoAmI() {
            return Caller.current();
        }

        @GetMapping("/v1/mine")
        String mine() {
            return Caller.current().requireProject().value();
        }
    }
}
