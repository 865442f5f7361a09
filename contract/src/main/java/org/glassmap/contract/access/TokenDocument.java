package org.glassmap.contract.access;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a token; its secret is not.
 *
 * @param prefix the part of the secret that may be shown, unique
 * @param projects the projects it is good for; empty for an admin's, which is good for all
 * @param expires absent: never
 * @param lastUsed to within a minute; absent: never
 * @param revoked absent: it is valid
 */
public record TokenDocument(
        String id,
        String prefix,
        String user,
        @Nullable String label,
        List<ProjectId> projects,
        Set<Scope> scopes,
        Instant created,
        @Nullable Instant expires,
        @Nullable Instant lastUsed,
        @Nullable Instant revoked) {}
