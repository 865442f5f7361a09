package org.glassmap.core.numerics;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Seeds of parts from the seed of the whole: never from an id, a clock or the order in which threads arrive. */
public final class Seed {

    private Seed() {}

    /** The first eight bytes of sha-256 over the parent seed (big-endian) and the path (UTF-8), as a big-endian long.
     *
     * @param path what the part is called within the whole, such as {@code iteration-3/train/member-2}
     */
    public static long of(long parent, String path) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        byte[] message =
                ByteBuffer.allocate(8 + name.length).putLong(parent).put(name).array();
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(message))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
