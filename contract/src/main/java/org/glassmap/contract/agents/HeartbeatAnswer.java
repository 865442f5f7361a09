package org.glassmap.contract.agents;

import java.util.List;

/**
 * @param renewed go on
 * @param cancel stop and confirm with the outcome {@code cancelled}
 * @param revoked another attempt holds or has ended the calculation: stop; a result already there is still welcome
 * @param unknown never given
 */
public record HeartbeatAnswer(List<String> renewed, List<String> cancel, List<String> revoked, List<String> unknown) {}
