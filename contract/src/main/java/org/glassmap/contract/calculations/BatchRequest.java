package org.glassmap.contract.calculations;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calculations that are waited for together. Known ones are not computed again.
 *
 * @param tags an agent must carry one of them; empty means any agent
 * @param priority higher first, 0 by default
 */
public record BatchRequest(
        List<CalculationRequest> calculations,
        @Nullable List<String> tags,
        @Nullable Integer priority) {}
