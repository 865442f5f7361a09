package org.glassmap.support.ids;

import org.glassmap.contract.problems.ProblemError;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.support.problems.ProblemException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What makes a request repeatable: the key that its caller chose, and the words of the body that came with it, whatever
 * its white space and the order of the keys of its maps.
 *
 * @param bodyHash kept on the row that the request makes
 */
public record IdempotencyKey(String value, String bodyHash) {

    private static final int LONGEST = 200;

    /** @throws ProblemException if the key is blank or too long */
    public static IdempotencyKey of(String value, Object body, JsonMapper json) {
        if (value.isBlank() || value.length() > LONGEST) {
            throw ProblemException.of(RequestProblem.INVALID_REQUEST, "The idempotency key cannot be taken.")
                    .with(ProblemError.inParameter("Idempotency-Key", "1 to %d characters".formatted(LONGEST))
                            .withValue(value));
        }
        byte[] words = json.writer()
                .with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .writeValueAsBytes(body);
        return new IdempotencyKey(value, Sha256.of(words));
    }

    /**
     * @param made what the key has made before
     * @throws ProblemException if that was asked for by another body
     */
    public void requireSameBody(MadeId made, String bodyHashBefore) {
        if (!bodyHash.equals(bodyHashBefore)) {
            throw ProblemException.of(
                            RequestProblem.IDEMPOTENCY_KEY_REUSED, "The key made %s of another body.".formatted(made))
                    .with(ProblemError.inParameter("Idempotency-Key", "used before with another body")
                            .withRemedy("send a new key for new work"));
        }
    }
}
