package org.glassmap.structures.artifacts;

import java.util.Optional;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Rows of files. */
interface StoredArtifacts extends Repository<StoredArtifact, String> {

    Optional<StoredArtifact> findByHash(String hash);

    /** Not {@code save}: two that put one file at once must both find it kept. */
    @Modifying
    @Query(nativeQuery = true, value = """
                    INSERT INTO artifact (hash, bytes, media_type) VALUES (:hash, :bytes, :mediaType)
                    ON CONFLICT DO NOTHING""")
    void keep(String hash, long bytes, String mediaType);
}
