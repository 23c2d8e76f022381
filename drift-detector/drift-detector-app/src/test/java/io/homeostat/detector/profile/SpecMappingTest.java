package io.homeostat.detector.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.spec.Metrics;
import io.homeostat.backbone.spec.TaskKind;
import io.homeostat.drift.statistics.performance.Metric;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpecMappingTest {
    @ParameterizedTest
    @EnumSource(TaskKind.class)
    void everyMetricOfASpecIsKnownAndHasOneDirection(TaskKind task) {
        assertThat(Metrics.watched(task))
                .allSatisfy(name ->
                        assertThat(Metric.ofKey(name).higherIsBetter()).isEqualTo(Metrics.higherIsBetter(name)));
    }
}
