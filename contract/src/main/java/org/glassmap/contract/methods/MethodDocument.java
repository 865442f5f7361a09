package org.glassmap.contract.methods;

import java.util.Map;

/**
 * A level of theory and what is done with it.
 *
 * @param engine {@code potential}, {@code vasp}, or {@code stated} for labels that were computed elsewhere
 * @param kind {@code static}, {@code relax} (positions) or {@code cell-relax} (positions and cell)
 * @param settings every physical setting; what is left out is filled in by the engine's schema. {@code potential}:
 *     {@code potential} (artifact id); relaxations: {@code forceTolerance} (eV/Å), {@code stressTolerance} (eV/Å³),
 *     {@code maxEvaluations}. {@code stated}: {@code levelOfTheory}, free further keys. {@code vasp}: {@code incar}
 *     (tag to value; IBRION, NSW and ISIF follow from the kind unless given), {@code kpoints} (either
 *     {@code {"length": 25}}, Å, or {@code {"mesh": [2, 2, 2], "gamma": true}}), {@code potcars} (element to
 *     {@code {"choice": "Li_sv", "title": "PAW_PBE Li_sv 10Sep2004"}}). Relaxations of any engine:
 *     {@code labels}, which steps become labels: {@code last} (default), {@code first-and-last} or
 *     {@code every-<n>} (the first, every n-th after it, and the last)
 */
public record MethodDocument(String engine, String kind, Map<String, Object> settings) {}
