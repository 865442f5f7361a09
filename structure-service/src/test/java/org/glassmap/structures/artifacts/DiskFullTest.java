package org.glassmap.structures.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.glassmap.structures.contents.ContentId;
import org.glassmap.structures.contents.ContentKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a disk of one megabyte, where this machine lets us mount one. */
class DiskFullTest {

    @TempDir
    Path folder;

    @Test
    void aFullDiskRefusesTheFileAndHarmsNoOther() throws Exception {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.toString()), "no right to mount a disk");
        try {
            ArtifactFiles files = new ArtifactFiles(folder, Long.MAX_VALUE);
            byte[] small = new byte[100_000];
            files.keep(hash(small), new ByteArrayInputStream(small));
            byte[] large = new byte[2_000_000];
            assertThatThrownBy(() -> files.keep(hash(large), new ByteArrayInputStream(large)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("No space left on device");
            try (Stream<Path> left = Files.list(folder.resolve("incoming"))) {
                assertThat(left).isEmpty();
            }
            assertThat(files.path(hash(large))).doesNotExist();
            assertThat(files.path(hash(small))).hasBinaryContent(small);
            byte[] other = {1, 2, 3};
            files.keep(hash(other), new ByteArrayInputStream(other));
            assertThat(files.path(hash(other))).hasBinaryContent(other);
        } finally {
            run("umount", folder.toString());
        }
    }

    private static String hash(byte[] bytes) {
        return ContentId.of(ContentKind.ARTIFACT, bytes).hash();
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
