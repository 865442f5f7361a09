package org.glassmap.contract.agents;

/** @param effect {@code accepted}, {@code duplicate}, {@code recorded} or {@code kept-cancelled} */
public record ReportAnswer(String effect) {}
