package org.glassmap.core.learning.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.glassmap.core.learning.CommitteePotential;
import org.glassmap.core.learning.PotentialDocument;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class TeacherTest {

    private static final Path FOLDER = Path.of("..", "data", "teacher");

    @Test
    void theTeacherThatIsKeptIsTheOneThatPassedItsGate() throws IOException {
        PotentialDocument document = PotentialDocument.read(Files.readAllBytes(FOLDER.resolve("teacher.potential")));
        JsonNode gate = new ObjectMapper().readTree(FOLDER.resolve("gate.json").toFile());
        assertThat(gate.get("passed").asBoolean()).isTrue();
        assertThat(document.id()).isEqualTo(gate.get("potential").asString());
        assertThat(Files.readString(FOLDER.resolve("README.md"))).contains(document.id());
        assertThat(document.potential()).isInstanceOf(CommitteePotential.class);
        assertThat(document.potential().repulsion()).isEqualTo(TrainTeacher.WALLS);
    }
}
