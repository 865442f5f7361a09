package org.glassmap.benchmarks.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** As many fused multiply-adds as the core can do: ten chains of them, in registers. */
final class FlopRate implements Runnable {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int STEPS = 20_000;
    private static final int CHAINS = 10;

    /** Written to, so that no compiler leaves the work out. */
    private final double[] results = new double[SPECIES.length()];

    /** Of one run. */
    double flops() {
        return 2.0 * STEPS * CHAINS * SPECIES.length();
    }

    @Override
    public void run() {
        DoubleVector x = DoubleVector.broadcast(SPECIES, 0.999);
        DoubleVector a = DoubleVector.broadcast(SPECIES, 1);
        DoubleVector b = a;
        DoubleVector c = a;
        DoubleVector d = a;
        DoubleVector e = a;
        DoubleVector f = a;
        DoubleVector g = a;
        DoubleVector h = a;
        DoubleVector i = a;
        DoubleVector j = a;
        for (int step = 0; step < STEPS; step++) {
            a = a.fma(x, x);
            b = b.fma(x, x);
            c = c.fma(x, x);
            d = d.fma(x, x);
            e = e.fma(x, x);
            f = f.fma(x, x);
            g = g.fma(x, x);
            h = h.fma(x, x);
            i = i.fma(x, x);
            j = j.fma(x, x);
        }
        a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).add(i).add(j).intoArray(results, 0);
    }
}
