package org.glassmap.contract.calculations;

/** @param reason how it is known that nothing of it is running, or why it is to be tried again; kept on the attempt */
public record RequeueRequest(String reason) {}
