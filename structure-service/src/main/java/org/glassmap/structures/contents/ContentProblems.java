package org.glassmap.structures.contents;

import org.glassmap.contract.problems.ProblemError;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.support.problems.ProblemException;
import org.glassmap.support.problems.ProblemRule;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How what is wrong with a request is told. */
@Configuration(proxyBeanMethods = false)
class ContentProblems {

    @Bean
    ProblemRule<InvalidInputException> invalidInput() {
        return new ProblemRule<>(InvalidInputException.class, ContentProblems::telling);
    }

    /** What the core says of a structure that a format cannot hold. */
    @Bean
    ProblemRule<InvalidStructureException> invalidStructure() {
        return new ProblemRule<>(
                InvalidStructureException.class,
                failure -> ProblemException.of(RequestProblem.INVALID_REQUEST, String.valueOf(failure.getMessage()))
                        .with(ProblemError.at("/" + failure.field(), String.valueOf(failure.getMessage()))));
    }

    private static ProblemException telling(InvalidInputException failure) {
        ProblemError error = failure.field().startsWith("/")
                ? ProblemError.at(failure.field(), failure.detail())
                : ProblemError.inParameter(failure.field(), failure.detail());
        return ProblemException.of(RequestProblem.INVALID_REQUEST, String.valueOf(failure.getMessage()))
                .with(error.withValue(failure.value()).withRemedy(failure.remedy()));
    }
}
