package org.glassmap.potentials.potentials;

import java.io.IOException;
import java.io.InputStream;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.potentials.PotentialRecord;
import org.glassmap.core.learning.PotentialDocument;
import org.glassmap.support.problems.ProblemException;
import org.springframework.stereotype.Component;

/** Takes potentials that were made elsewhere. */
@Component
class PotentialImport {

    private final Potentials potentials;

    PotentialImport(Potentials potentials) {
        this.potentials = potentials;
    }

    /** @throws ProblemException if the bytes are no potential, or more than one may have */
    PotentialRecord take(ProjectId project, String user, InputStream in) throws IOException {
        PotentialDocument document = PotentialDocument.read(in);
        String id = potentials.file(project, user, document);
        potentials.keep(project, document, new Origin.Import(user, "document"));
        return potentials.record(project, id);
    }
}
