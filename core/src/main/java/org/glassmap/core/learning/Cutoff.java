package org.glassmap.core.learning;

/**
 * The cosine cutoff fc(d) = ½ (cos(π d/R) + 1) = cos²(π d/2R) and its derivative, by Taylor polynomials in
 * v = (π d/2R)² ≤ (π/2)²: plain multiplications and additions, so that bits do not depend on a library or a processor.
 * Remainder below 3e-17 for the cosine, 1e-18 for the sine.
 */
final class Cutoff {

    static final double[] COSINE = new double[12];
    static final double[] SINE = new double[12];

    static {
        double factorial = 1;
        for (int k = 0; k < 12; k++) {
            // cos √v = Σ (−v)^k / (2k)!,  sin √v / √v = Σ (−v)^k / (2k + 1)!
            double sign = k % 2 == 0 ? 1 : -1;
            factorial *= k == 0 ? 1 : (2 * k - 1) * (2.0 * k);
            COSINE[k] = sign / factorial;
            SINE[k] = sign / (factorial * (2 * k + 1));
        }
    }

    private Cutoff() {}

    /**
     * @param d {@code [m]} distances, Å
     * @param value filled: fc(d; radius), 0 beyond the radius
     * @param slope filled: dfc/dd, 1/Å
     */
    static void evaluate(double[] d, int m, double radius, double[] value, double[] slope) {
        double k = Math.PI / (2 * radius);
        double k2 = k * k;
        double limit = radius * radius;
        double c0 = COSINE[0];
        double c1 = COSINE[1];
        double c2 = COSINE[2];
        double c3 = COSINE[3];
        double c4 = COSINE[4];
        double c5 = COSINE[5];
        double c6 = COSINE[6];
        double c7 = COSINE[7];
        double c8 = COSINE[8];
        double c9 = COSINE[9];
        double c10 = COSINE[10];
        double c11 = COSINE[11];
        double s1 = SINE[1];
        double s2 = SINE[2];
        double s3 = SINE[3];
        double s4 = SINE[4];
        double s5 = SINE[5];
        double s6 = SINE[6];
        double s7 = SINE[7];
        double s8 = SINE[8];
        double s9 = SINE[9];
        double s10 = SINE[10];
        double s11 = SINE[11];
        // Short loops, one polynomial each: a loop whose body is longer is not vectorised.
        for (int i = 0; i < m; i++) {
            value[i] = k2 * Math.min(d[i] * d[i], limit);
        }
        for (int i = 0; i < m; i++) {
            double v = value[i];
            double s = s11;
            s = s * v + s10;
            s = s * v + s9;
            s = s * v + s8;
            s = s * v + s7;
            s = s * v + s6;
            s = s * v + s5;
            s = s * v + s4;
            s = s * v + s3;
            s = s * v + s2;
            s = s * v + s1;
            slope[i] = s * v + 1;
        }
        for (int i = 0; i < m; i++) {
            double v = value[i];
            double c = c11;
            c = c * v + c10;
            c = c * v + c9;
            c = c * v + c8;
            c = c * v + c7;
            c = c * v + c6;
            c = c * v + c5;
            c = c * v + c4;
            c = c * v + c3;
            c = c * v + c2;
            c = c * v + c1;
            value[i] = c * v + c0;
        }
        for (int i = 0; i < m; i++) {
            slope[i] = -2 * k2 * d[i] * value[i] * slope[i];
            value[i] = value[i] * value[i];
        }
    }
}
