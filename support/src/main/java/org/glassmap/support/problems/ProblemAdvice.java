package org.glassmap.support.problems;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.Optional;
import org.glassmap.contract.access.AccessProblem;
import org.glassmap.contract.problems.Problem;
import org.glassmap.contract.problems.ProblemDocument;
import org.glassmap.contract.problems.ProblemError;
import org.glassmap.contract.problems.RequestProblem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingRequestValueException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Turns every failure of a controller into one problem document. Each server has its own {@linkplain ProblemRule rules};
 * this is the only place that applies them. What no rule knows is logged here with its stack trace and told as
 * {@code internal-error}, without a word about the inside.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ProblemAdvice {
    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    private final Problems problems;
    private final ProblemRules rules;

    ProblemAdvice(Problems problems, ProblemRules rules) {
        this.problems = problems;
        this.rules = rules;
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<ProblemDocument> tell(Exception failure, HttpServletRequest request, HttpServletResponse response) {
        if (failure instanceof AsyncRequestNotUsableException) {
            return null; // the caller has gone
        }
        if (response.isCommitted()) {
            log.warn("{} {} failed after its answer had begun", request.getMethod(), request.getRequestURI(), failure);
            return null;
        }
        Optional<RemoteProblemException> remote = remote(failure);
        ProblemDocument document =
                remote.isPresent() ? passedOn(remote.get(), request) : own(tellingOf(failure, request), request);
        return ResponseEntity.status(document.status())
                .headers(headersOf(failure, document))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(document);
    }

    private ProblemDocument own(ProblemException told, HttpServletRequest request) {
        return problems.document(told.problem(), told.detail(), told.errors(), request);
    }

    private static Optional<RemoteProblemException> remote(Exception failure) {
        return failure instanceof RemoteProblemException remote ? Optional.of(remote) : Optional.empty();
    }

    /** What the caller got wrong is told in the other server's words; what went wrong there is a bad gateway here. */
    private ProblemDocument passedOn(RemoteProblemException failure, HttpServletRequest request) {
        ProblemDocument document = failure.document();
        if (document.status() >= 400 && document.status() < 500) {
            return new ProblemDocument(
                    document.type(),
                    document.title(),
                    document.status(),
                    document.detail(),
                    document.instance(),
                    document.traceId(),
                    document.errors());
        }
        log.warn("A server behind this one failed", failure);
        return problems.document(RequestProblem.BAD_GATEWAY, failure.getMessage(), List.of(), request);
    }

    private ProblemException tellingOf(Exception failure, HttpServletRequest request) {
        return rules.telling(failure).or(() -> general(failure)).orElseGet(() -> {
            log.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
            return ProblemException.of(RequestProblem.INTERNAL_ERROR, "Look for the trace id in the server's log.");
        });
    }

    /** What the web framework, security and the database can throw at any resource. */
    private static Optional<ProblemException> general(Exception failure) {
        return Optional.ofNullable(
                switch (failure) {
                    case HttpMessageNotReadableException e -> UnreadableBody.telling(e);
                    case MethodArgumentNotValidException e -> invalidFields(e);
                    case HandlerMethodValidationException e -> invalidParameters(e);
                    case MethodArgumentTypeMismatchException e -> mismatch(e.getName(), e);
                    case TypeMismatchException e -> mismatch(String.valueOf(e.getPropertyName()), e);
                    case MissingRequestHeaderException e -> missing("header", e.getHeaderName());
                    case MissingServletRequestParameterException e -> missing("parameter", e.getParameterName());
                    case MissingRequestValueException e ->
                        ProblemException.of(RequestProblem.UNREADABLE_REQUEST, String.valueOf(e.getMessage()));
                    case NoResourceFoundException e ->
                        ProblemException.of(
                                RequestProblem.NOT_FOUND,
                                "There is nothing at /%s; /docs/ shows all that there is."
                                        .formatted(e.getResourcePath()));
                    case HttpRequestMethodNotSupportedException e -> notThisWay(e);
                    case AuthenticationException _ ->
                        ProblemException.of(AccessProblem.UNAUTHENTICATED, "The token is missing, wrong or expired.");
                    case AccessDeniedException _ ->
                        ProblemException.of(AccessProblem.FORBIDDEN, "The token lacks the scope that this needs.");
                    case Exception e when DiskFull.isToldBy(e) -> diskFull(e);
                    case Exception e
                    when DatabaseAway.isToldBy(e) ->
                        behind(RequestProblem.UNAVAILABLE, "The database does not answer.", e);
                    case ResourceAccessException e
                    when e.getCause() instanceof ConnectException ->
                        behind(RequestProblem.UNAVAILABLE, "A server that this one needs does not answer.", e);
                    case ResourceAccessException e
                    when e.getCause() instanceof HttpTimeoutException ->
                        behind(RequestProblem.GATEWAY_TIMEOUT, "A server behind this one took too long.", e);
                    case ResourceAccessException e ->
                        behind(RequestProblem.BAD_GATEWAY, "A server behind this one broke off.", e);
                    case ErrorResponse e ->
                        ofStatus(e.getStatusCode(), e.getBody().getDetail());
                    default -> null;
                });
    }

    private static ProblemException notThisWay(HttpRequestMethodNotSupportedException failure) {
        String @Nullable [] ways = failure.getSupportedMethods();
        String detail = ways == null || ways.length == 0
                ? failure.getMethod() + " is not done here."
                : "%s is not done here; %s is.".formatted(failure.getMethod(), String.join(" or ", ways));
        return ProblemException.of(RequestProblem.METHOD_NOT_ALLOWED, detail);
    }

    private static ProblemException missing(String kind, String name) {
        return new ProblemException(
                RequestProblem.UNREADABLE_REQUEST,
                "The %s %s is missing.".formatted(kind, name),
                List.of(ProblemError.inParameter(name, "is missing")));
    }

    private static ProblemException behind(Problem problem, String detail, Exception failure) {
        log.warn("{} {}", detail, failure.toString());
        return ProblemException.of(problem, detail);
    }

    private static ProblemException diskFull(Exception failure) {
        log.error("The disk is full", failure);
        return ProblemException.of(RequestProblem.STORAGE_FULL, "The server's disk is full; nothing was stored.");
    }

    private static ProblemException invalidFields(MethodArgumentNotValidException failure) {
        List<ProblemError> errors = failure.getBindingResult().getFieldErrors().stream()
                .map(ProblemAdvice::ofField)
                .toList();
        return new ProblemException(
                RequestProblem.INVALID_REQUEST, "The body holds values that are not possible.", errors);
    }

    private static ProblemError ofField(FieldError error) {
        String pointer =
                "/" + error.getField().replace('.', '/').replace("[", "/").replace("]", "");
        return ProblemError.at(pointer, String.valueOf(error.getDefaultMessage()))
                .withValue(String.valueOf(error.getRejectedValue()));
    }

    private static ProblemException invalidParameters(HandlerMethodValidationException failure) {
        List<ProblemError> errors = failure.getParameterValidationResults().stream()
                .flatMap(result -> result.getResolvableErrors().stream()
                        .map(error -> ProblemError.inParameter(
                                        String.valueOf(
                                                result.getMethodParameter().getParameterName()),
                                        String.valueOf(error.getDefaultMessage()))
                                .withValue(String.valueOf(result.getArgument()))))
                .toList();
        return new ProblemException(
                RequestProblem.INVALID_REQUEST, "A parameter has a value that is not possible.", errors);
    }

    private static ProblemException mismatch(String name, TypeMismatchException failure) {
        String reason = argumentMessage(failure);
        String detail = reason == null ? "The parameter " + name + " cannot be read." : reason;
        return new ProblemException(
                RequestProblem.UNREADABLE_REQUEST,
                detail,
                List.of(ProblemError.inParameter(name, detail).withValue(String.valueOf(failure.getValue()))));
    }

    /** The message of a type's own check, which is written for people; Spring's own words are not. */
    private static @Nullable String argumentMessage(Throwable failure) {
        @Nullable Throwable deepest = null;
        for (@Nullable Throwable e = failure.getCause(); e != null; e = e.getCause()) {
            deepest = e;
        }
        boolean own = deepest != null
                && deepest.getStackTrace().length > 0
                && deepest.getStackTrace()[0].getClassName().startsWith("org.glassmap.");
        return own && deepest instanceof IllegalArgumentException ? deepest.getMessage() : null;
    }

    static ProblemException ofStatus(HttpStatusCode status, @Nullable String detail) {
        return ProblemException.of(problemFor(status.value()), detail == null ? "" : detail);
    }

    static Problem problemFor(int status) {
        if (status == 401) {
            return AccessProblem.UNAUTHENTICATED;
        }
        if (status == 403) {
            return AccessProblem.FORBIDDEN;
        }
        for (RequestProblem problem : RequestProblem.values()) {
            if (problem.status() == status) {
                return problem;
            }
        }
        return status < 500 ? RequestProblem.UNREADABLE_REQUEST : RequestProblem.INTERNAL_ERROR;
    }

    private static HttpHeaders headersOf(Exception failure, ProblemDocument document) {
        HttpHeaders headers = new HttpHeaders();
        if (failure instanceof ErrorResponse response) {
            headers.putAll(response.getHeaders()); // Allow, Accept
        }
        if (document.status() == 401) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        if (document.status() == 503 || document.status() == 429) {
            headers.set(HttpHeaders.RETRY_AFTER, "1");
        }
        return headers;
    }
}
