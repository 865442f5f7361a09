package org.glassmap.worker.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactCacheTest {

    private static final byte[] BYTES = "a potential".getBytes(StandardCharsets.UTF_8);

    private final AtomicInteger fetched = new AtomicInteger();

    @TempDir
    Path folder;

    @Test
    void aFileIsFetchedOnceHoweverManyAsk() throws Exception {
        ArtifactCache cache = cache(BYTES);
        List<Callable<Path>> asking = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            asking.add(() -> cache.fetch(id(BYTES)));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (var answer : threads.invokeAll(asking)) {
                assertThat(Files.readAllBytes(answer.get())).isEqualTo(BYTES);
            }
        }
        assertThat(cache(BYTES).fetch(id(BYTES))).exists();
        assertThat(fetched).hasValue(1);
    }

    @Test
    void whatHashesToSomethingElseIsNotBelieved() {
        ArtifactCache cache = cache("cut o".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> cache.fetch(id(BYTES))).isInstanceOf(IOException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatIsNoIdNamesNoFile() {
        assertThatThrownBy(() -> cache(BYTES).fetch("../../etc/passwd")).isInstanceOf(IllegalArgumentException.class);
        assertThat(fetched).hasValue(0);
    }

    private ArtifactCache cache(byte[] bytes) {
        return new ArtifactCache(folder, artifact -> {
            fetched.incrementAndGet();
            return new ByteArrayInputStream(bytes);
        });
    }

    private static String id(byte[] bytes) throws Exception {
        return "artifact-"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
