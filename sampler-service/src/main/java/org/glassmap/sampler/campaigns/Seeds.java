package org.glassmap.sampler.campaigns;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The seed of each step: the first eight bytes of sha-256 of the campaign's seed and the step's path. */
final class Seeds {

    private final long campaign;

    Seeds(long campaign) {
        this.campaign = campaign;
    }

    long of(String path) {
        byte[] text = (campaign + "/" + path).getBytes(StandardCharsets.UTF_8);
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
