package org.glassmap.support.ids;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.glassmap.support.problems.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class IdempotencyKeyTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final MadeId MADE = MadeId.make("training");

    @Test
    void theOrderOfAMapsKeysIsNoOtherBody() {
        Map<String, Integer> turned = new LinkedHashMap<>();
        turned.put("b", 2);
        turned.put("a", 1);
        Map<String, Integer> straight = new LinkedHashMap<>();
        straight.put("a", 1);
        straight.put("b", 2);
        String before = IdempotencyKey.of("mine", turned, JSON).bodyHash();
        assertThatCode(() -> IdempotencyKey.of("mine", straight, JSON).requireSameBody(MADE, before))
                .doesNotThrowAnyException();
    }

    @Test
    void anotherBodyIsRefusedAndWhatTheKeyMadeIsNamed() {
        String before = IdempotencyKey.of("mine", Map.of("a", 1), JSON).bodyHash();
        IdempotencyKey again = IdempotencyKey.of("mine", Map.of("a", 2), JSON);
        assertThatThrownBy(() -> again.requireSameBody(MADE, before))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(MADE.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 201})
    void aKeyHasOneToTwoHundredCharacters(int length) {
        assertThatThrownBy(() -> IdempotencyKey.of("k".repeat(length), Map.of(), JSON))
                .isInstanceOf(ProblemException.class);
        assertThatCode(() -> IdempotencyKey.of("k".repeat(200), Map.of(), JSON)).doesNotThrowAnyException();
    }
}
