package org.glassmap.standalone.teacher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Makes the teacher: trains its members side by side and holds the committee against its gate. */
public final class TeacherMaking {

    private final TeacherSettings settings;
    private final Path data;
    private final Path work;
    private final Path out;

    /**
     * @param data folder of the labelled frames, {@code *.extxyz.gz}
     * @param work where each member's last epoch is kept; stopped at any moment, the making goes on from there
     * @param out where {@code teacher.potential} and {@code gate.json} go
     */
    public TeacherMaking(TeacherSettings settings, Path data, Path work, Path out) {
        this.settings = settings;
        this.data = data;
        this.work = work;
        this.out = out;
    }

    /**
     * @param told of every epoch and every part of the gate, from several threads
     * @return whether the gate is passed
     * @throws IOException if a frame is refused, or a file cannot be read or written
     */
    public boolean run(Consumer<String> told) throws IOException {
        Files.createDirectories(work);
        trainAll(told);
        return JudgeTeacher.judge(settings, data, work, out, told);
    }

    private void trainAll(Consumer<String> told) throws IOException {
        List<Callable<Void>> members = new ArrayList<>();
        for (int m = 0; m < settings.members(); m++) {
            int member = m;
            members.add(() -> {
                TrainTeacher.train(settings, data, work, member, told);
                return null;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(settings.members())) {
            for (Future<Void> trained : threads.invokeAll(members)) {
                trained.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the members were trained", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case RuntimeException unchecked -> throw unchecked;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }
}
