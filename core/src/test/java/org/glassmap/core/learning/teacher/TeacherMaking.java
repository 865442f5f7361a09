package org.glassmap.core.learning.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Makes the teacher again; {@code data/teacher/README.md} has the command. Not one of the tests of every build, which
 * its name keeps out. Stopped, it goes on from the last epochs in the work folder.
 */
class TeacherMaking {

    private static final int MEMBERS = 2;
    private static final int EPOCHS = 100;

    @Test
    void theTeacherIsTrainedAndPassesItsGate() throws Exception {
        Path data = Path.of(System.getProperty("teacher.data", "../../shared/dataset"));
        Path work = Path.of(System.getProperty("teacher.work", "target/teacher"));
        Path out = Path.of(System.getProperty("teacher.out", "target/teacher"));
        try (ExecutorService threads = Executors.newFixedThreadPool(MEMBERS)) {
            List<Callable<Void>> members = new ArrayList<>();
            for (int m = 0; m < MEMBERS; m++) {
                int member = m;
                members.add(() -> {
                    TrainTeacher.train(data, work, member, EPOCHS);
                    return null;
                });
            }
            for (Future<Void> trained : threads.invokeAll(members)) {
                trained.get();
            }
        }
        assertThat(JudgeTeacher.judge(data, work, MEMBERS, EPOCHS, out)).isTrue();
    }
}
