package org.glassmap.support.ids;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class MadeIdTest {

    @Test
    void idsSortByTheTimeOfTheirMaking() {
        MadeId earlier = MadeId.make("campaign", at("2026-01-01T00:00:00.001Z"));
        MadeId later = MadeId.make("campaign", at("2026-01-01T00:00:00.002Z"));
        assertThat(earlier.toString()).isLessThan(later.toString());
        assertThat(earlier.uuid().version()).isEqualTo(7);
        assertThat(earlier.uuid().variant()).isEqualTo(2);
    }

    @Test
    void whatIsWrittenIsReadBack() {
        MadeId id = MadeId.make("training");
        assertThat(MadeId.uuidOf("training", id.toString())).contains(id.uuid());
    }

    @Test
    void anotherKindOrANonsenseIsNoId() {
        assertThat(MadeId.uuidOf("campaign", MadeId.make("training").toString()))
                .isEmpty();
        assertThat(MadeId.uuidOf("campaign", "campaign-1")).isEmpty();
        assertThat(MadeId.uuidOf("campaign", "")).isEmpty();
    }

    private static Clock at(String instant) {
        return Clock.fixed(Instant.parse(instant), ZoneOffset.UTC);
    }
}
