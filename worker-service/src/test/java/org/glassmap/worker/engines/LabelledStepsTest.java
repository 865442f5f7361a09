package org.glassmap.worker.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelledStepsTest {

    @ParameterizedTest
    @CsvSource({
        "last, 5, 4",
        "first-and-last, 5, 0 4",
        "first-and-last, 1, 0",
        "every-1, 3, 0 1 2",
        "every-2, 5, 0 2 4",
        "every-3, 6, 0 3 5",
        "every-10, 3, 0 2",
    })
    void theMethodSaysWhichStepsBecomeLabels(String setting, int steps, String expected) {
        LabelledSteps.Picker<String> picker = LabelledSteps.of(Map.of("labels", setting)).new Picker<>();
        for (int i = 0; i < steps; i++) {
            picker.add("step " + i);
        }
        List<String> indices = picker.steps().stream()
                .map(numbered -> Integer.toString(numbered.index()))
                .toList();
        assertThat(String.join(" ", indices)).isEqualTo(expected);
        picker.steps().forEach(numbered -> assertThat(numbered.step()).isEqualTo("step " + numbered.index()));
    }

    @Test
    void noStepsAreNoLabels() {
        assertThat(LabelledSteps.of(Map.of()).new Picker<String>().steps()).isEmpty();
    }

    @Test
    void anUnknownSettingIsRefused() {
        assertThatThrownBy(() -> LabelledSteps.of(Map.of("labels", "every-0")))
                .isInstanceOf(UnfitInputException.class)
                .hasMessageContaining("every-0");
    }
}
