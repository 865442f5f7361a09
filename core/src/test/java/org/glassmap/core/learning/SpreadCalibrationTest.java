package org.glassmap.core.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SpreadCalibrationTest {

    /** Errors are normal, with 2.5 times the spread that is told: of 20,000, the factor is known to 0.5 %. */
    @Test
    void theFactorOfNormalErrorsIsFoundAndCoverageIsWhatItSays() {
        Random random = new Random(8);
        double[] spreads = new double[20_000];
        double[] errors = new double[spreads.length];
        for (int k = 0; k < spreads.length; k++) {
            spreads[k] = 0.01 * (1 + random.nextDouble() * 9);
            errors[k] = 2.5 * spreads[k] * random.nextGaussian();
        }
        SpreadCalibration calibration = SpreadCalibration.of(spreads, errors);
        assertThat(calibration.factor()).isCloseTo(2.5, within(0.04));
        assertThat(calibration.within68()).isCloseTo(0.6827, within(0.012));
        assertThat(calibration.within95()).isCloseTo(0.95, within(0.006));
        assertThat(calibration.bins()).hasSize(10);
        assertThat(calibration.bins()).allMatch(bin -> Math.abs(bin.observed() / bin.expected() - 1) < 0.1);
        assertThat(calibration.bins())
                .extracting(SpreadCalibration.Bin::expected)
                .isSorted();
        assertThat(calibration.bins().stream()
                        .mapToInt(SpreadCalibration.Bin::cases)
                        .sum())
                .isEqualTo(20_000);
    }

    @Test
    void tooFewErrorsOrASpreadOfNothingAreRefused() {
        double[] nine = new double[9];
        assertThatThrownBy(() -> SpreadCalibration.of(nine, nine)).hasMessageContaining("at least 10");
        double[] ten = new double[10];
        assertThatThrownBy(() -> SpreadCalibration.of(ten, ten)).hasMessageContaining("spreads must be positive");
    }
}
