package org.glassmap.core.analysis;

/** In which coordinates the hull of a line is drawn. The result names it. */
public enum Convention {
    /** (x, energy per formula unit): what two phases mix to, atom by atom. The energy above it is divided by 7 − 4x. */
    EXTENSIVE,
    /**
     * (x, energy per atom) with straight chords, the naive reading of the printed figure. Wrong by 5–16 meV/atom on
     * Li2S–P2S5, because a formula unit's number of atoms changes along the line; kept for comparison with print.
     */
    PAPER_CHORD
}
