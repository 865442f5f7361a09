package org.glassmap.structures.contents;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The id of a thing that is what it contains: {@code structure-<64 hexadecimal digits>}.
 *
 * @param hash sha-256 of the canonical form, lower case
 */
public record ContentId(ContentKind kind, String hash) implements Comparable<ContentId> {

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    public ContentId {
        if (!isHash(hash)) {
            throw new IllegalArgumentException("the hash of a %s must be 64 hexadecimal digits in lower case, got '%s'"
                    .formatted(kind.word(), hash));
        }
    }

    /** The id of what these bytes say. */
    public static ContentId of(ContentKind kind, byte[] canonical) {
        return new ContentId(kind, HexFormat.of().formatHex(sha256().digest(canonical)));
    }

    /** The id of what this text says in UTF-8. */
    public static ContentId of(ContentKind kind, String canonical) {
        return of(kind, canonical.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * An id in full.
     *
     * @param field where it stood, as a JSON pointer or the name of a parameter
     * @throws InvalidInputException if it is not one of this kind
     */
    public static ContentId read(ContentKind kind, String field, String text) {
        String head = kind.word() + "-";
        if (!text.startsWith(head) || !isHash(text.substring(head.length()))) {
            throw new InvalidInputException(
                    field,
                    text,
                    "is not the id of a " + kind.word(),
                    "give '%s' and the 64 hexadecimal digits of its sha-256".formatted(head));
        }
        return new ContentId(kind, text.substring(head.length()));
    }

    public static boolean isHash(String text) {
        return HASH.matcher(text).matches();
    }

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public int compareTo(ContentId other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : hash.compareTo(other.hash);
    }

    @Override
    public String toString() {
        return kind.word() + "-" + hash;
    }
}
