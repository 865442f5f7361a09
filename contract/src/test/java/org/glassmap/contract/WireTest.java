package org.glassmap.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.glassmap.contract.access.AccessProblem;
import org.glassmap.contract.access.IssuedToken;
import org.glassmap.contract.access.NewProject;
import org.glassmap.contract.access.NewToken;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.access.Scope;
import org.glassmap.contract.access.TokenDocument;
import org.glassmap.contract.problems.Problem;
import org.glassmap.contract.problems.ProblemDocument;
import org.glassmap.contract.problems.ProblemError;
import org.glassmap.contract.problems.RequestProblem;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class WireTest {
    private static final ProjectId PROJECT = new ProjectId("project-0123456789abcdef0123456789abcdef");

    private final JsonMapper json = JsonMapper.builder().build();

    @Test
    void aProjectIdIsATextOnTheWire() {
        assertThat(json.writeValueAsString(PROJECT)).isEqualTo("\"" + PROJECT.value() + "\"");
        assertThat(json.readValue("\"" + PROJECT.value() + "\"", ProjectId.class))
                .isEqualTo(PROJECT);
    }

    @Test
    void scopesAreLowerCaseOnTheWire() {
        assertThat(json.writeValueAsString(EnumSet.of(Scope.READ, Scope.AGENT))).isEqualTo("[\"read\",\"agent\"]");
        NewToken token = json.readValue(
                "{\"user\":\"ada\",\"projects\":[\"lab\"],\"scopes\":[\"write\",\"read\"]}", NewToken.class);
        assertThat(token.scopes()).containsExactly(Scope.READ, Scope.WRITE);
    }

    @Test
    void aTokenForTheScopeOfServicesIsRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new NewToken("ada", null, List.of("lab"), Set.of(Scope.SERVICE), null))
                .withMessageContaining("service");
    }

    @Test
    void aReadersTokenWithoutAProjectIsRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new NewToken("ada", null, List.of(), Set.of(Scope.READ), null))
                .withMessageContaining("projects");
    }

    @Test
    void aProjectCannotBeNamedLikeAnId() {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new NewProject("project-x", null));
    }

    @Test
    void secretsDoNotShowInLogs() {
        TokenDocument token = new TokenDocument(
                "token-1",
                "abc",
                "ada",
                null,
                List.of(),
                Set.of(Scope.ADMIN),
                java.time.Instant.EPOCH,
                null,
                null,
                null);
        assertThat(new IssuedToken("gm_abc_sesame", token).toString()).doesNotContain("sesame");
    }

    @Test
    void aProblemDocumentIsReadBackAsItWasWritten() {
        ProblemDocument document = new ProblemDocument(
                RequestProblem.INVALID_REQUEST.type(),
                RequestProblem.INVALID_REQUEST.title(),
                422,
                "bad",
                null,
                "trace",
                List.of(ProblemError.inFrame(3, "no energy").withLine(17)));
        ProblemDocument back = json.readValue(json.writeValueAsString(document), ProblemDocument.class);
        assertThat(back).isEqualTo(document);
        assertThat(back.is(RequestProblem.INVALID_REQUEST)).isTrue();
        assertThat(back.is(RequestProblem.NOT_FOUND)).isFalse();
    }

    @Test
    void aDocumentWithoutErrorsFromAnotherServerIsRead() {
        ProblemDocument document = json.readValue("{\"type\":\"about:blank\",\"status\":500}", ProblemDocument.class);
        assertThat(document.errors()).isEmpty();
        assertThat(document.is(RequestProblem.INTERNAL_ERROR)).isFalse();
    }

    @Test
    void noTwoProblemsShareASlug() {
        List<String> slugs = Stream.of(RequestProblem.values(), AccessProblem.values())
                .flatMap(Stream::of)
                .map(Problem.class::cast)
                .map(Problem::slug)
                .toList();
        assertThat(slugs).doesNotHaveDuplicates().allMatch(slug -> slug.matches("[a-z]+(-[a-z]+)*"));
    }
}
