package org.glassmap.support.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApiContractTest {

    private static final String SUMMARY =
            "{\"id\":\"structure-%s\",\"formula\":\"LiS\",\"reducedFormula\":\"LiS\",\"elements\":[\"Li\",\"S\"],\"atoms\":2,\"volume\":64.0,\"warnings\":[]%s}";

    private final ApiContract contract = ApiContract.written();

    private List<String> faults(String verb, String path, int status, String mediaType, String body) {
        return contract.faults(verb, path, status, mediaType, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anAnswerAsItIsWrittenHasNoFault() {
        String body = SUMMARY.formatted("0".repeat(64), "");
        assertThat(faults("POST", "/v1/structures", 200, "application/json;charset=UTF-8", body))
                .isEmpty();
        assertThat(faults("GET", "/v1/structures/structure-1/summary", 200, "application/json", body))
                .isEmpty();
    }

    @Test
    void aPathAStatusAndAMediaTypeThatAreNotWrittenAreFaults() {
        assertThat(faults("GET", "/v1/nothing", 200, "application/json", "{}"))
                .singleElement()
                .asString()
                .contains("the path is not written");
        assertThat(faults("GET", "/v1/nothing", 404, "application/problem+json", "{}"))
                .isEmpty();
        assertThat(faults("GET", "/v1/me", 418, "application/json", "{}"))
                .singleElement()
                .asString()
                .contains("the status is not written");
        assertThat(faults("GET", "/v1/me", 200, "text/plain", "me"))
                .singleElement()
                .asString()
                .contains("the media type is not written");
    }

    @Test
    void aFieldThatIsMissingOrOfAnotherFormOrNotWrittenIsAFault() {
        String id = "0".repeat(64);
        assertThat(faults("POST", "/v1/structures", 200, "application/json", "{}"))
                .isNotEmpty();
        assertThat(faults("POST", "/v1/structures", 200, "application/json", SUMMARY.formatted("1", "")))
                .singleElement()
                .asString()
                .contains("pattern");
        assertThat(faults(
                        "POST", "/v1/structures", 200, "application/json", SUMMARY.formatted(id, ",\"mood\":\"good\"")))
                .singleElement()
                .asString()
                .contains("mood");
    }

    @Test
    void aRequestThatWasTakenMustBeWrittenAndOneThatWasRefusedNeedNot() {
        assertThat(requestFaults(202, "{\"dataset\":\"first@1\",\"frames\":8}")).isEmpty();
        assertThat(requestFaults(202, "{\"frames\":8}"))
                .singleElement()
                .asString()
                .contains("dataset");
        assertThat(requestFaults(202, "{\"dataset\":\"first@1\",\"frame\":8}"))
                .singleElement()
                .asString()
                .contains("frame");
        assertThat(requestFaults(422, "{\"frame\":8}")).isEmpty();
    }

    private List<String> requestFaults(int status, String body) {
        return contract.requestFaults(
                "POST", "/v1/proposals", status, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everyLineOfNdjsonIsLookedAt() {
        String good = "{\"index\":0,\"outcome\":\"inserted\",\"warnings\":[]}\n";
        assertThat(faults("POST", "/v1/structures", 200, "application/x-ndjson", good + good))
                .isEmpty();
        assertThat(faults("POST", "/v1/structures", 200, "application/x-ndjson", good + "{\"index\":\"1\"}\n"))
                .isNotEmpty();
    }
}
