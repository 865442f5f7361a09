package org.glassmap.potentials.proposals;

import java.time.Instant;
import java.util.UUID;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.support.ids.MadeId;
import org.jspecify.annotations.Nullable;

/**
 * A proposal: what was asked for, and what came of it. How it stands is told by the job of the same id.
 *
 * @param request JSON, every default filled in
 * @param answer JSON; null before the end
 */
record ProposalRow(
        UUID id,
        ProjectId project,
        String maker,
        String bodyHash,
        String request,
        @Nullable String answer,
        Instant created) {

    static final String KIND = "proposal";

    MadeId wireId() {
        return new MadeId(KIND, id);
    }
}
