package org.glassmap.contract.methods;

import java.util.Map;

/**
 * A method as it is kept, all defaults filled in.
 *
 * @param id {@code method-<sha-256>} of engine, kind and settings as canonical JSON (RFC 8785)
 * @param levelOfTheory the id of what decides energies (engine and its settings without those of the relaxation):
 *     labels with equal values may be mixed, others never
 */
public record MethodRecord(String id, String engine, String kind, Map<String, Object> settings, String levelOfTheory) {}
