package org.glassmap.contract.calculations;

/** @param reason why this calculation does not run now, in words; says so where it runs or has ended */
public record WaitingReason(String calculation, CalculationState state, String reason) {}
