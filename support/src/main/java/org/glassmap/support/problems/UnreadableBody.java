package org.glassmap.support.problems;

import java.util.Collection;
import java.util.List;
import org.glassmap.contract.problems.ProblemError;
import org.glassmap.contract.problems.RequestProblem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.util.ClassUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** What to tell of a body that could not be made into what the resource wants. */
final class UnreadableBody {
    private UnreadableBody() {}

    static ProblemException telling(HttpMessageNotReadableException failure) {
        Throwable cause = failure.getCause();
        if (cause instanceof ValueInstantiationException refused) {
            return refused(refused);
        }
        if (cause instanceof MismatchedInputException mismatch) {
            return new ProblemException(
                    RequestProblem.INVALID_REQUEST,
                    "The body does not have the form that is wanted here.",
                    List.of(ProblemError.at(pointer(mismatch), "must be " + wanted(mismatch.getTargetType()))));
        }
        if (cause instanceof JacksonException syntax) {
            ProblemError error = ProblemError.of(syntax.getOriginalMessage());
            if (syntax.getLocation() != null && syntax.getLocation().getLineNr() > 0) {
                error = error.withLine(syntax.getLocation().getLineNr());
            }
            return new ProblemException(RequestProblem.UNREADABLE_REQUEST, "The body is not JSON.", List.of(error));
        }
        return ProblemException.of(RequestProblem.UNREADABLE_REQUEST, "A body is needed here, and could not be read.");
    }

    /** A record's own check refused its values: its message is written for people, and names variable and value. */
    private static ProblemException refused(ValueInstantiationException failure) {
        String message = deepestArgumentMessage(failure);
        return new ProblemException(
                RequestProblem.INVALID_REQUEST,
                message == null ? "The body holds a value that is not possible." : message,
                List.of(ProblemError.at(pointer(failure), message == null ? "this value is not possible" : message)));
    }

    /** In words of JSON; the names of our classes say nothing to those who write it. */
    private static String wanted(@Nullable Class<?> type) {
        if (type == null) {
            return "of another form";
        }
        Class<?> boxed = ClassUtils.resolvePrimitiveIfNecessary(type);
        if (boxed == Boolean.class) {
            return "true or false";
        }
        if (boxed == Integer.class || boxed == Long.class || boxed == Short.class) {
            return "a whole number";
        }
        if (Number.class.isAssignableFrom(boxed)) {
            return "a number";
        }
        if (CharSequence.class.isAssignableFrom(boxed) || boxed.isEnum()) {
            return "a text";
        }
        return boxed.isArray() || Collection.class.isAssignableFrom(boxed) ? "a list" : "an object";
    }

    private static @Nullable String deepestArgumentMessage(Throwable failure) {
        @Nullable String message = null;
        for (@Nullable Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof IllegalArgumentException) {
                message = e.getMessage();
            }
        }
        return message;
    }

    static String pointer(DatabindException failure) {
        StringBuilder pointer = new StringBuilder();
        for (JacksonException.Reference reference : failure.getPath()) {
            pointer.append('/');
            String name = reference.getPropertyName();
            if (name != null) {
                pointer.append(name.replace("~", "~0").replace("/", "~1"));
            } else {
                pointer.append(reference.getIndex());
            }
        }
        return pointer.toString();
    }
}
