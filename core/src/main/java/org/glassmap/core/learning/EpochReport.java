package org.glassmap.core.learning;

import java.util.Optional;

/**
 * How well one epoch went.
 *
 * @param epoch from 1
 * @param training errors met during the epoch, while the weights moved
 * @param validation errors after it, empty without validation frames
 * @param best whether this is the best validation so far
 */
public record EpochReport(int epoch, Errors training, Optional<Errors> validation, boolean best) {}
