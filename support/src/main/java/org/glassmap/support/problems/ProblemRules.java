package org.glassmap.support.problems;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All rules of a server. */
final class ProblemRules {
    private final List<ProblemRule<?>> rules;

    ProblemRules(List<ProblemRule<?>> rules) {
        this.rules = List.copyOf(rules);
    }

    /** @return what to tell of this failure, or of what caused it; empty if no rule knows either */
    Optional<ProblemException> telling(Exception failure) {
        for (@Nullable Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof ProblemException problem) {
                return Optional.of(problem);
            }
            if (e instanceof Exception exception) {
                Optional<ProblemException> told = mostSpecial(exception).map(rule -> rule.tell(exception));
                if (told.isPresent()) {
                    return told;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<ProblemRule<?>> mostSpecial(Exception failure) {
        ProblemRule<?> best = null;
        for (ProblemRule<?> rule : rules) {
            if (rule.fits(failure) && (best == null || rule.isMoreSpecialThan(best))) {
                best = rule;
            }
        }
        return Optional.ofNullable(best);
    }
}
