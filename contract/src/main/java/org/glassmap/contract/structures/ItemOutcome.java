package org.glassmap.contract.structures;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one frame of a bulk.
 *
 * @param index from 0, in the order of the upload
 * @param entry name of the file inside an archive; absent elsewhere
 * @param outcome {@code inserted}, {@code existing} or {@code error}
 * @param structure id; absent on an error
 * @param label id; absent on an error and where no label was asked for
 * @param error what is wrong and what would be right; absent elsewhere
 */
public record ItemOutcome(
        int index,
        @Nullable String entry,
        String outcome,
        @Nullable String structure,
        @Nullable String label,
        @Nullable FrameError error,
        List<String> warnings) {

    /**
     * @param line of the file, from 1; absent where a frame has none
     * @param field the part that is wrong
     * @param value as it stood, shortened
     * @param remedy what would be right
     */
    public record FrameError(
            @Nullable Long line,
            String field,
            @Nullable String value,
            String detail,
            @Nullable String remedy) {}
}
