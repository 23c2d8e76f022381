package io.homeostat.drift.statistics.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PerformanceWindowTest {
    private static double value(PerformanceWindow window, Metric metric) {
        return window.metrics().stream()
                .filter(v -> v.metric() == metric)
                .findFirst()
                .orElseThrow()
                .value();
    }

    @Test
    void countsPairsForTheAuc() {
        PerformanceWindow window = new PerformanceWindow(Task.BINARY);
        window.addBinary(true, true, 0.9);
        window.addBinary(true, false, 0.4);
        window.addBinary(false, true, 0.6);
        window.addBinary(false, false, 0.1);
        assertThat(window.auc()).hasValue(0.75);
        assertThat(value(window, Metric.ACCURACY)).isEqualTo(0.5);
        assertThat(window.aucErrorBound()).isZero();
    }

    @Test
    void hasNoAucWithOneClass() {
        PerformanceWindow window = new PerformanceWindow(Task.BINARY);
        window.addBinary(true, true, 0.9);
        assertThat(window.auc()).isEmpty();
        assertThat(value(window, Metric.LOG_LOSS)).isCloseTo(-Math.log(0.9), within(1e-12));
    }

    @Test
    void mergesExactlyAndSurvivesItsBytes() {
        // given
        PerformanceWindow left = new PerformanceWindow(Task.REGRESSION);
        PerformanceWindow right = new PerformanceWindow(Task.REGRESSION);
        left.addValue(1, 4);
        right.addValue(4, 0);
        // when
        left.merge(PerformanceWindow.fromBytes(right.toBytes()));
        // then
        assertThat(value(left, Metric.MAE)).isEqualTo(3.5);
        assertThat(value(left, Metric.RMSE)).isCloseTo(Math.sqrt(12.5), within(1e-12));
    }
}
