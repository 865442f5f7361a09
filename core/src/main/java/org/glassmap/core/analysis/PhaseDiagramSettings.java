package org.glassmap.core.analysis;

/**
 * @param convention in which coordinates the hull is drawn
 * @param stableWithin eV/atom; entries no farther above the hull are called stable. Applied after the hull is made
 */
public record PhaseDiagramSettings(Convention convention, double stableWithin) {

    /** Extensive; 1e-8 eV/atom, the digits of published energies. */
    public static final PhaseDiagramSettings DEFAULT = new PhaseDiagramSettings(Convention.EXTENSIVE, 1e-8);

    public PhaseDiagramSettings {
        if (!(stableWithin >= 0) || !Double.isFinite(stableWithin)) {
            throw new IllegalArgumentException("stableWithin must not be negative, got %s eV".formatted(stableWithin));
        }
    }

    public PhaseDiagramSettings withConvention(Convention other) {
        return new PhaseDiagramSettings(other, stableWithin);
    }
}
