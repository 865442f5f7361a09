package org.glassmap.contract.access;

import java.util.List;
import java.util.Set;

/**
 * Who the caller is.
 *
 * @param projects the projects the token is good for; for an admin's, all
 */
public record MeDocument(String user, String tokenPrefix, Set<Scope> scopes, List<ProjectDocument> projects) {}
