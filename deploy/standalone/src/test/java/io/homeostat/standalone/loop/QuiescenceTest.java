package io.homeostat.standalone.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class QuiescenceTest {
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Quiescence loop = new Quiescence(meters, "loans");

    @Test
    void countersOfAnyKindAreSummedOverTheirOtherTags() {
        // given
        meters.counter("events", "model", "loans", "kind", "label").increment(3);
        meters.more().counter("events", Tags.of("model", "loans", "kind", "prediction"), 4);
        meters.counter("events", "model", "cards", "kind", "label").increment(100);
        Gauge.builder("revision", () -> 7).tag("model", "loans").register(meters);

        // then
        assertThat(loop.count("events")).isEqualTo(7);
        assertThat(loop.count("revision")).isEqualTo(7);
        assertThat(loop.count("nothing")).isZero();
    }
}
