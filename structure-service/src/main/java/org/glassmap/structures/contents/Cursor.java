package org.glassmap.structures.contents;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.glassmap.contract.pages.Page;
import org.jspecify.annotations.Nullable;

/** A place in a listing that is ordered by a growing number. Opaque outside. */
public record Cursor(long after, int limit) {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAXIMUM_LIMIT = 1000;

    /**
     * Where a request wants to go on.
     *
     * @param cursor as a page gave it; null starts at the first
     * @param limit of a page, 1 to 1000; null means 100
     * @throws InvalidInputException if either is none
     */
    public static Cursor of(@Nullable String cursor, @Nullable Integer limit) {
        int most = limit == null ? DEFAULT_LIMIT : limit;
        if (most < 1 || most > MAXIMUM_LIMIT) {
            throw new InvalidInputException("limit", limit, "is out of range", "give 1 to " + MAXIMUM_LIMIT);
        }
        return new Cursor(cursor == null ? 0 : read(cursor), most);
    }

    private static long read(String cursor) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            if (bytes.length == Long.BYTES) {
                return ByteBuffer.wrap(bytes).getLong();
            }
        } catch (IllegalArgumentException e) {
            // told below, with the value
        }
        throw new InvalidInputException("cursor", cursor, "is not one that a page gave", "pass on 'next' as it stands");
    }

    /** How many rows to ask for: one more than is shown, to know whether there are more. */
    public int rows() {
        return limit + 1;
    }

    /** The page that {@link #rows} rows make. */
    public <R, T> Page<T> page(List<R> rows, ToLongFunction<R> number, Function<R, T> item) {
        List<R> shown = rows.size() > limit ? rows.subList(0, limit) : rows;
        String next = shown.size() < rows.size() ? written(number.applyAsLong(shown.getLast())) : null;
        return new Page<>(shown.stream().map(item).toList(), next);
    }

    private static String written(long after) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(Long.BYTES).putLong(after).array());
    }
}
