package org.glassmap.structures.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.glassmap.contract.artifacts.ArtifactsApi;
import org.glassmap.structures.ServiceTest;
import org.glassmap.support.identity.TokensForTests;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ArtifactsTest extends ServiceTest {

    @Autowired
    private ArtifactProperties properties;

    private static byte[] bytes(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private HttpResponse<byte[]> fetch(String id, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(at("/v1/artifacts/" + id)).header("Authorization", "Bearer " + member(project));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void whatIsPutComesBackByteByByte() throws Exception {
        byte[] bytes = bytes(1, 3_000_000);
        String id = artifact(bytes);
        assertThat(artifact(bytes)).as("again").isEqualTo(id);
        HttpResponse<byte[]> whole = fetch(id);
        assertThat(whole.body()).isEqualTo(bytes);
        assertThat(whole.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
        assertThat(fetch(id.substring("artifact-".length())).body()).isEqualTo(bytes);
        assertThat(client(ArtifactsApi.class).record(id).bytes()).isEqualTo(3_000_000);
    }

    @Test
    void aPartOfAFileCanBeAskedFor() throws Exception {
        byte[] bytes = bytes(2, 1000);
        String id = artifact(bytes);
        HttpResponse<byte[]> part = fetch(id, "Range", "bytes=10-19");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(bytes, 10, 20));
        assertThat(fetch(id, "Range", "bytes=-5").body()).isEqualTo(Arrays.copyOfRange(bytes, 995, 1000));
        assertThat(fetch(id, "Range", "bytes=5000-").statusCode()).isEqualTo(416);
    }

    @Test
    void whoHasTheFileIsNotSentItAgain() throws Exception {
        String id = artifact(bytes(3, 100));
        String tag = fetch(id).headers().firstValue("ETag").orElseThrow();
        assertThat(tag).contains(id.substring("artifact-".length()));
        assertThat(fetch(id, "If-None-Match", tag).statusCode()).isEqualTo(304);
    }

    @Test
    void bytesThatHashToSomethingElseAreRefusedAndLeaveNothing() throws Exception {
        String hash = "0".repeat(64);
        HttpResponse<String> answer = send(
                HttpRequest.newBuilder(at("/v1/artifacts/" + hash)).PUT(HttpRequest.BodyPublishers.ofString("not it")));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("is not the hash of the 6 bytes that came")
                .contains("remedy");
        assertThat(fetch("artifact-" + hash).statusCode()).isEqualTo(404);
        try (Stream<?> left = Files.list(properties.directory().resolve("incoming"))) {
            assertThat(left).isEmpty();
        }
        assertThat(send(HttpRequest.newBuilder(at("/v1/artifacts/..%2f..%2fetc"))
                                .PUT(HttpRequest.BodyPublishers.ofString("x")))
                        .statusCode())
                .isBetween(400, 499);
    }

    @Test
    void anEmptyFileIsAFile() throws Exception {
        String id = artifact(new byte[0]);
        assertThat(fetch(id).body()).isEmpty();
    }

    @Test
    void anotherProjectSeesNothingOfIt() throws Exception {
        String id = artifact("mine".getBytes(StandardCharsets.UTF_8));
        ArtifactsApi theirs = client(ArtifactsApi.class, member(TokensForTests.newProject()));
        assertThat(problem(() -> theirs.record(id)).status()).isEqualTo(404);
    }
}
