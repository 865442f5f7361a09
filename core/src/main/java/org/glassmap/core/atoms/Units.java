package org.glassmap.core.atoms;

/** Constants in house units (Å, eV, amu, fs, K, e). Source: CODATA 2018; exact where the SI fixes them. */
public final class Units {

    /** eV/K. */
    public static final double BOLTZMANN = 8.617333262e-5;

    /** eV/Å³ in GPa. */
    public static final double GPA_PER_EV_PER_CUBIC_ANGSTROM = 160.21766340;

    /** amu Å²/fs² in eV. */
    public static final double EV_PER_AMU_SQUARE_ANGSTROM_PER_SQUARE_FS = 103.642696562;

    /** kbar (VASP's unit of stress) in eV/Å³. */
    public static final double EV_PER_CUBIC_ANGSTROM_PER_KBAR = 1 / 1602.1766340;

    private Units() {}
}
