package org.glassmap.potentials.acceptances;

import java.time.Instant;
import java.util.UUID;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.support.ids.MadeId;
import org.jspecify.annotations.Nullable;

/**
 * An acceptance: what was asked for, and what came of it. How it stands is told by the job of the same id.
 *
 * @param potential its hash
 * @param request JSON, every default filled in
 * @param report JSON, the parts; null before the end
 * @param kernel by which it computes; null before it begins
 */
record AcceptanceRow(
        UUID id,
        ProjectId project,
        String maker,
        String bodyHash,
        String potential,
        String request,
        @Nullable Boolean passed,
        @Nullable String report,
        Instant created,
        @Nullable String kernel) {

    static final String KIND = "acceptance";

    MadeId wireId() {
        return new MadeId(KIND, id);
    }
}
