package org.glassmap.contract.calculations;

/**
 * What to compute.
 *
 * @param structure id
 * @param method id
 */
public record CalculationRequest(String structure, String method) {}
