package org.glassmap.structures.methods;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Rows of methods. */
interface StoredMethods extends Repository<StoredMethod, String> {

    Optional<StoredMethod> findByHash(String hash);

    List<StoredMethod> findByHashIn(Collection<String> hashes);

    /** Not {@code save}: two that post one method at once must both find it kept. */
    @Modifying
    @Query(nativeQuery = true, value = """
                    INSERT INTO method (hash, engine, kind, document, level_of_theory)
                    VALUES (:hash, :engine, :kind, :document, :levelOfTheory) ON CONFLICT DO NOTHING""")
    void keep(String hash, String engine, String kind, String document, String levelOfTheory);
}
