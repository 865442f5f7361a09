package org.glassmap.standalone.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.glassmap.core.SharedReference;
import org.glassmap.core.learning.CommitteePotential;
import org.glassmap.core.learning.PotentialDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TeacherTest {

    private static final Path FOLDER = Path.of("..", "data", "teacher");

    @Test
    void theTeacherThatIsKeptIsTheOneThatPassedItsGate() throws IOException {
        PotentialDocument document = PotentialDocument.read(Files.readAllBytes(FOLDER.resolve("teacher.potential")));
        JsonNode gate = JsonMapper.shared().readTree(FOLDER.resolve("gate.json").toFile());
        assertThat(gate.get("passed").asBoolean()).isTrue();
        assertThat(document.id()).isEqualTo(gate.get("potential").asString());
        assertThat(Files.readString(FOLDER.resolve("README.md"))).contains(document.id());
        assertThat(document.potential()).isInstanceOf(CommitteePotential.class);
        assertThat(document.potential().repulsion()).isEqualTo(TrainTeacher.WALLS);
    }

    /** A trial on a hundredth of the configurations; a run that was stopped after an epoch goes the same way. */
    @Test
    void aMakingThatWasStoppedMakesTheSameTeacher(@TempDir Path folder) throws IOException {
        Path frames = SharedReference.dataset("");
        TeacherSettings trial = TeacherSettings.FULL.withFraction(0.01).withEpochs(2);
        new TeacherMaking(trial, frames, folder.resolve("work"), folder.resolve("through")).run(line -> {});

        TeacherMaking stopped = new TeacherMaking(trial, frames, folder.resolve("work-2"), folder.resolve("stopped"));
        assertThatThrownBy(() -> stopped.run(line -> {
                    if (line.contains("epoch   1")) {
                        throw new IllegalStateException("killed");
                    }
                }))
                .hasMessage("killed");
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        stopped.run(told::add);

        assertThat(told).anySatisfy(line -> assertThat(line).endsWith("from epoch 1 of 2"));
        assertThat(folder.resolve("stopped/teacher.potential"))
                .hasSameBinaryContentAs(folder.resolve("through/teacher.potential"));
        JsonNode gate =
                JsonMapper.shared().readTree(folder.resolve("stopped/gate.json").toFile());
        assertThat(gate.at("/relaxations/count").asInt()).isEqualTo(2);
        assertThat(gate.get("passed").isBoolean()).isTrue();
    }
}
