package org.glassmap.potentials;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.glassmap.contract.pages.Page;
import org.glassmap.contract.problems.ProblemError;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.support.ids.MadeId;
import org.glassmap.support.problems.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * A page of a listing, newest first, as a request asks for it. The cursor is the id of the last item shown.
 *
 * @param below ids from there on were shown
 * @param limit of the page
 */
public record Listing(Optional<UUID> below, int limit) {

    private static final int USUAL = 50;
    private static final int LARGEST = 200;

    /** @throws ProblemException naming the parameter that cannot be */
    public static Listing of(String kind, @Nullable String cursor, @Nullable Integer limit) {
        if (limit != null && (limit < 1 || limit > LARGEST)) {
            throw refused("limit", limit.toString(), "limit must lie in 1..%d".formatted(LARGEST));
        }
        Optional<UUID> below = cursor == null ? Optional.empty() : MadeId.uuidOf(kind, cursor);
        if (cursor != null && below.isEmpty()) {
            throw refused("cursor", cursor, "cursor must be the next of a page of this listing");
        }
        return new Listing(below, limit == null ? USUAL : limit);
    }

    /** One item more than the page holds tells whether there is a next one. */
    public int oneMore() {
        return limit + 1;
    }

    /** @param found at most {@link #oneMore} */
    public <F, T> Page<T> page(List<F> found, Function<F, T> shown, Function<F, MadeId> id) {
        List<F> items = found.subList(0, Math.min(limit, found.size()));
        @Nullable String next = found.size() > limit ? id.apply(items.getLast()).toString() : null;
        return new Page<>(items.stream().map(shown).toList(), next);
    }

    private static ProblemException refused(String parameter, String value, String detail) {
        return ProblemException.of(RequestProblem.INVALID_REQUEST, "A parameter has a value that is not possible.")
                .with(ProblemError.inParameter(parameter, detail).withValue(value));
    }
}
