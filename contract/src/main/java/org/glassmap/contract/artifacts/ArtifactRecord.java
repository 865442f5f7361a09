package org.glassmap.contract.artifacts;

/**
 * A file by its hash.
 *
 * @param id {@code artifact-<sha-256>}
 * @param bytes its size
 */
public record ArtifactRecord(String id, long bytes, String mediaType, String created) {}
