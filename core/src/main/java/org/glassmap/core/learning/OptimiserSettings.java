package org.glassmap.core.learning;

/** How the loss is made small. */
public sealed interface OptimiserSettings permits AdamSettings, LbfgsSettings {}
