package io.homeostat.drift.statistics.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a window keeps, whatever the task. */
abstract class PerformanceWindowContract {
    abstract PerformanceWindow create();

    /** Adds a row drawn at random. */
    abstract void add(PerformanceWindow window, Random random);

    /** Adds a row on which everything is right and certain. */
    abstract void addPerfect(PerformanceWindow window);

    static MetricValue value(PerformanceWindow window, Metric metric) {
        return window.metrics().stream()
                .filter(v -> v.metric() == metric)
                .findFirst()
                .orElseThrow();
    }

    private static void assertSame(PerformanceWindow left, PerformanceWindow right) {
        assertThat(left.n()).isEqualTo(right.n());
        assertThat(left.metrics()).hasSameSizeAs(right.metrics());
        for (MetricValue expected : right.metrics()) {
            MetricValue found = value(left, expected.metric());
            assertThat(found.n()).isEqualTo(expected.n());
            assertThat(found.value()).isCloseTo(expected.value(), within(1e-10));
            assertThat(found.standardError()).isCloseTo(expected.standardError(), within(1e-9));
            assertThat(found.interval().low()).isCloseTo(expected.interval().low(), within(1e-9));
            assertThat(found.interval().high()).isCloseTo(expected.interval().high(), within(1e-9));
            assertThat(found.interval().validity())
                    .isEqualTo(expected.interval().validity());
        }
    }

    @Test
    void sharesMergeToTheWhole() {
        for (int seed = 0; seed < 30; seed++) {
            // given
            PerformanceWindow whole = create();
            PerformanceWindow[] shares = {create(), create(), create()};
            Random rows = new Random(seed);
            Random same = new Random(seed);
            for (int i = 0; i < 400; i++) {
                add(whole, rows);
                add(shares[i * i % 3], same);
            }
            // when
            PerformanceWindow merged = create();
            for (PerformanceWindow share : shares) {
                merged.merge(share);
            }
            // then
            assertSame(merged, whole);
        }
    }

    @Test
    void goesOnFromItsBytes() {
        // given
        PerformanceWindow straight = create();
        PerformanceWindow restored = create();
        Random rows = new Random(3);
        Random same = new Random(3);
        // when
        for (int i = 0; i < 200; i++) {
            add(straight, rows);
            add(restored, same);
            restored = PerformanceWindow.fromBytes(restored.toBytes());
        }
        // then
        assertThat(restored.toBytes()).isEqualTo(straight.toBytes());
        assertThat(restored.metrics()).isEqualTo(straight.metrics());
    }

    @Test
    void anEmptyWindowHasNoMetrics() {
        PerformanceWindow empty = PerformanceWindow.fromBytes(create().toBytes());
        assertThat(empty.n()).isZero();
        assertThat(empty.metrics()).isEmpty();
        empty.merge(create());
        assertThat(empty.toBytes()).isEqualTo(create().toBytes());
    }

    @Test
    void everyNumberIsFiniteWithOneRowAndWithMany() {
        Random random = new Random(4);
        PerformanceWindow window = create();
        PerformanceWindow perfect = create();
        for (int i = 0; i < 300; i++) {
            add(window, random);
            addPerfect(perfect);
            assertFinite(window);
            assertFinite(perfect);
        }
    }

    private static void assertFinite(PerformanceWindow window) {
        assertThat(window.metrics()).isNotEmpty().allSatisfy(v -> {
            assertThat(v.value()).isFinite();
            assertThat(v.standardError()).isFinite().isNotNegative();
            assertThat(v.interval().low()).isFinite().isLessThanOrEqualTo(v.value() + 1e-9);
            assertThat(v.interval().high()).isFinite().isGreaterThanOrEqualTo(v.value() - 1e-9);
        });
    }

    @Test
    void standardErrorsAreThoseOfManyWindows() {
        // given
        int windows = 400;
        Metric[] metrics = {
            Metric.ACCURACY,
            Metric.BALANCED_ACCURACY,
            Metric.PRECISION,
            Metric.RECALL,
            Metric.F1,
            Metric.AUC,
            Metric.LOG_LOSS,
            Metric.BRIER,
            Metric.RMSE,
            Metric.MAE,
            Metric.R2
        };
        double[] sums = new double[metrics.length];
        double[] squares = new double[metrics.length];
        double[] errors = new double[metrics.length];
        // when
        for (int seed = 0; seed < windows; seed++) {
            Random random = new Random(seed);
            PerformanceWindow window = create();
            for (int i = 0; i < 500; i++) {
                add(window, random);
            }
            for (MetricValue v : window.metrics()) {
                int at = java.util.Arrays.asList(metrics).indexOf(v.metric());
                if (at >= 0) {
                    sums[at] += v.value();
                    squares[at] += v.value() * v.value();
                    errors[at] += v.standardError() / windows;
                }
            }
        }
        // then: a macro AUC's is a bound
        for (int at = 0; at < metrics.length; at++) {
            if (sums[at] != 0) {
                double mean = sums[at] / windows;
                double deviation = Math.sqrt(squares[at] / windows - mean * mean);
                assertThat(errors[at] / deviation)
                        .as(metrics[at].key())
                        .isBetween(0.85, metrics[at] == Metric.AUC ? 2 : 1.15);
            }
        }
    }
}
