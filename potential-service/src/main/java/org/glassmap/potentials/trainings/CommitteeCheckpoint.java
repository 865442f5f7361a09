package org.glassmap.potentials.trainings;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The states of all members of a committee in training, between two of each one's epochs. */
final class CommitteeCheckpoint {

    private static final String FORMAT = "glassmap-committee-training-1";

    private CommitteeCheckpoint() {}

    static byte[] write(List<byte[]> states) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(FORMAT);
            out.writeInt(states.size());
            for (byte[] state : states) {
                out.writeInt(state.length);
                out.write(state);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException if the bytes are none of {@code members} states */
    static List<byte[]> read(byte[] checkpoint, int members) {
        List<byte[]> states = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(checkpoint))) {
            if (!in.readUTF().equals(FORMAT) || in.readInt() != members) {
                throw new IllegalArgumentException("the checkpoint is not one of a committee of " + members);
            }
            for (int m = 0; m < members; m++) {
                byte[] state = in.readNBytes(in.readInt());
                states.add(state);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("the checkpoint is cut short", e);
        }
        return states;
    }
}
