package org.glassmap.contract.phasediagrams;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A diagram of the line Li2S–P2S5 from labels of one level of theory. One of {@code labels}, {@code dataset} and
 * {@code campaign} is given.
 *
 * @param labels ids
 * @param dataset id or {@code name@version}
 * @param campaign id
 * @param convention {@code extensive} (default) or {@code paper-chord}
 * @param names of phases by structure id; they are drawn as crystals
 * @param title of the figure
 * @param referenceMethod in words, as it is written on the figure; absent: made of the method's document
 */
public record PhaseDiagramRequest(
        @Nullable List<String> labels,
        @Nullable String dataset,
        @Nullable String campaign,
        @Nullable String convention,
        @Nullable Map<String, String> names,
        @Nullable String title,
        @Nullable String referenceMethod) {}
