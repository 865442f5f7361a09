package org.glassmap.standalone.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.glassmap.core.formats.Compression;
import org.glassmap.core.formats.ExtendedXyz;
import org.glassmap.core.formats.Frame;
import org.glassmap.core.formats.FrameOutcome;
import org.glassmap.core.formats.FrameReader;

/**
 * What the folder {@code data} of the repository holds for the demo; it travels on the class path.
 *
 * @param crystals of the line, relaxed by SevenNet-0 and labelled by it; key {@code parent} names each
 * @param heated snapshots of short dynamics, whose positions alone are used
 * @param probes labelled frames of configurations that neither the teacher nor any student is trained on
 * @param teacher the stand-in for first principles, a potential file
 */
record DemoData(List<Frame> crystals, List<Frame> heated, List<Frame> probes, byte[] teacher) {

    static DemoData load() {
        return new DemoData(
                frames("/data/crystals/crystals.extxyz"),
                frames("/data/frames/heated.extxyz.gz"),
                frames("/data/frames/probes.extxyz.gz"),
                bytes("/data/teacher/teacher.potential"));
    }

    Frame crystal(String name) {
        return crystals.stream()
                .filter(frame -> name.equals(frame.metadata().get("parent")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no crystal " + name + " in data/crystals"));
    }

    private static List<Frame> frames(String resource) {
        List<Frame> frames = new ArrayList<>();
        try (InputStream in = open(resource);
                FrameReader reader = ExtendedXyz.reader(Compression.decompressed(in))) {
            for (Optional<FrameOutcome> next = reader.next(); next.isPresent(); next = reader.next()) {
                switch (next.get()) {
                    case FrameOutcome.Read read -> frames.add(read.frame());
                    case FrameOutcome.Refused refused -> throw refused.problem();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
        return frames;
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = open(resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    private static InputStream open(String resource) {
        InputStream in = DemoData.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IllegalStateException("the build has no " + resource + "; it belongs to the folder data");
        }
        return in;
    }
}
