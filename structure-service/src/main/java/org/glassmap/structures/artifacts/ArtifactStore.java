package org.glassmap.structures.artifacts;

import java.util.List;
import org.glassmap.contract.artifacts.ArtifactRecord;
import org.glassmap.structures.contents.ContentId;
import org.glassmap.structures.contents.ContentKind;
import org.glassmap.structures.contents.Grants;
import org.glassmap.structures.contents.Owner;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What is known of files. */
@Component
class ArtifactStore {

    private final StoredArtifacts rows;
    private final Grants grants;

    ArtifactStore(StoredArtifacts rows, Grants grants) {
        this.rows = rows;
        this.grants = grants;
    }

    /** Notes a file that is on the disk. */
    @Transactional
    ArtifactRecord note(Owner owner, ContentId id, long bytes, String mediaType) {
        rows.keep(id.hash(), bytes, mediaType);
        grants.give(owner, ContentKind.ARTIFACT, List.of(id.hash()), "put");
        return record(id);
    }

    ArtifactRecord record(ContentId id) {
        StoredArtifact row = rows.findByHash(id.hash())
                .orElseThrow(() -> new IllegalStateException("a grant names %s, which is not stored".formatted(id)));
        return new ArtifactRecord(
                id.toString(), row.bytes(), row.mediaType(), row.created().toString());
    }
}
