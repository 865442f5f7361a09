package org.glassmap.sampler.campaigns;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AcceptedTest {

    private static final Accepted FAILED =
            new Accepted("acceptance-1", List.of("phonons Li2S: an imaginary mode of 3.00 THz"));

    @Test
    void aPotentialThatFailsIsNotUsedAndTheReasonIsNamed() {
        assertThatThrownBy(() -> FAILED.require("potential-1", false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("potential-1 is not accepted (acceptance-1): phonons Li2S: an imaginary mode");
    }

    @Test
    void itIsUsedWhereItPassesOrIsForced() {
        assertThatCode(() -> FAILED.require("potential-1", true)).doesNotThrowAnyException();
        assertThatCode(() -> new Accepted("acceptance-1", List.of()).require("potential-1", false))
                .doesNotThrowAnyException();
    }
}
