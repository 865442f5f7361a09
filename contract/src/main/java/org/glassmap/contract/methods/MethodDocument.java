package org.glassmap.contract.methods;

import java.util.Map;

/**
 * A level of theory and what is done with it.
 *
 * @param engine {@code potential}, {@code vasp}, or {@code stated} for labels that were computed elsewhere
 * @param kind {@code static}, {@code relax} (positions) or {@code cell-relax} (positions and cell)
 * @param settings every physical setting; what is left out is filled in by the engine's schema. {@code potential}:
 *     {@code potential} (artifact id); relaxations: {@code forceTolerance} (eV/Å), {@code stressTolerance} (eV/Å³),
 *     {@code maxEvaluations}. {@code stated}: {@code levelOfTheory}, free further keys
 */
public record MethodDocument(String engine, String kind, Map<String, Object> settings) {}
