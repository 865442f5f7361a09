package org.glassmap.support.problems;

import java.util.function.Function;

/**
 * How one kind of exception is told to callers. A server declares one bean per rule, beside the feature that throws:
 *
 * {@snippet :
 * @Bean
 * ProblemRule<InvalidStructureException> invalidStructure() {
 *     return new ProblemRule<>(InvalidStructureException.class,
 *             e -> ProblemException.of(StructureProblem.INVALID_STRUCTURE, e.getMessage()));
 * }
 * }
 *
 * <p>Of several that fit, the one for the most special class is taken.
 *
 * @param failure the exception's class; its subclasses are meant too
 * @param telling what is told
 */
public record ProblemRule<E extends Exception>(Class<E> failure, Function<E, ProblemException> telling) {
    boolean fits(Exception e) {
        return failure.isInstance(e);
    }

    ProblemException tell(Exception e) {
        return telling.apply(failure.cast(e));
    }

    /** True if this rule's class is a subclass of the other's. */
    boolean isMoreSpecialThan(ProblemRule<?> other) {
        return other.failure.isAssignableFrom(failure) && failure != other.failure;
    }
}
