package org.glassmap.analyses.phasediagrams;

import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.support.problems.ProblemException;
import org.glassmap.support.problems.ProblemRule;
import org.glassmap.support.problems.RemoteProblemException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How failures are told. */
@Configuration(proxyBeanMethods = false)
class PhaseDiagramProblems {

    /** What a peer says of the ids in a request is the answer to the request. */
    @Bean
    ProblemRule<RemoteProblemException> whatAPeerSays() {
        return new ProblemRule<>(RemoteProblemException.class, e -> {
            int status = e.document().status();
            String detail = e.document().detail() == null
                    ? e.document().title()
                    : e.document().detail();
            if (status == 404) {
                return ProblemException.of(RequestProblem.NOT_FOUND, detail);
            }
            return status < 500
                    ? ProblemException.of(RequestProblem.INVALID_REQUEST, detail)
                    : ProblemException.of(RequestProblem.BAD_GATEWAY, detail);
        });
    }
}
