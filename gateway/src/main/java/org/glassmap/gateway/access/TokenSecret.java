package org.glassmap.gateway.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A token as its holder has it: {@code gm_<prefix>_<secret>}. The prefix finds the row, whose hash decides. With 192 bits
 * by chance a plain hash is enough: there is nothing to guess.
 */
record TokenSecret(String prefix, String text) {
    private static final Pattern FORM = Pattern.compile("gm_([0-9a-f]{10})_[0-9a-f]{48}");
    private static final SecureRandom RANDOM = new SecureRandom();

    static TokenSecret random() {
        String prefix = hex(5);
        return new TokenSecret(prefix, "gm_" + prefix + "_" + hex(24));
    }

    static Optional<TokenSecret> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? Optional.of(new TokenSecret(matcher.group(1), text)) : Optional.empty();
    }

    /** sha-256 of the whole text. */
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    private static String hex(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    @Override
    public String toString() {
        return "gm_" + prefix + "_…";
    }
}
