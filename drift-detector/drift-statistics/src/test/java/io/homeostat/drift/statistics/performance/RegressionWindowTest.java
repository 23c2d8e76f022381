package io.homeostat.drift.statistics.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RegressionWindowTest extends PerformanceWindowContract {
    @Override
    PerformanceWindow create() {
        return new PerformanceWindow(Task.REGRESSION);
    }

    @Override
    void add(PerformanceWindow window, Random random) {
        double predicted = 50 + 3 * random.nextGaussian();
        window.addValue(predicted, predicted + (1 + random.nextDouble()) * random.nextGaussian());
    }

    @Override
    void addPerfect(PerformanceWindow window) {
        window.addValue(window.n(), window.n());
    }

    @Test
    void agreesWithHandCountedValues() {
        PerformanceWindow window = create();
        window.addValue(1, 4);
        window.addValue(4, 0);
        assertThat(value(window, Metric.MAE).value()).isEqualTo(3.5);
        assertThat(value(window, Metric.RMSE).value()).isCloseTo(Math.sqrt(12.5), within(1e-12));
        assertThat(value(window, Metric.R2).value()).isCloseTo(1 - 25 / 8.0, within(1e-12));
    }

    @Test
    void aConstantActualValueHasNoR2() {
        PerformanceWindow window = create();
        window.addValue(1, 1e9);
        window.addValue(2, 1e9);
        assertThat(window.metrics()).extracting(MetricValue::metric).containsExactly(Metric.RMSE, Metric.MAE);
    }

    @Test
    void r2StandsFarFromZeroToo() {
        Random random = new Random(1);
        PerformanceWindow near = create();
        PerformanceWindow far = create();
        for (int i = 0; i < 1_000; i++) {
            double actual = random.nextGaussian();
            double predicted = actual + 0.5 * random.nextGaussian();
            near.addValue(predicted, actual);
            far.addValue(predicted + 1e7, actual + 1e7);
        }
        assertThat(value(far, Metric.R2).value())
                .isCloseTo(value(near, Metric.R2).value(), within(1e-6));
        assertThat(value(near, Metric.R2).value()).isBetween(0.7, 0.8);
    }

    @Test
    void maeHasASequenceOnlyUnderALargestErrorThatHolds() {
        PerformanceWindow window = PerformanceWindow.regression(2);
        window.addValue(0, 1);
        assertThat(value(window, Metric.MAE).interval().validity()).isEqualTo(Interval.Validity.ANYTIME);
        window.addValue(0, 3);
        assertThat(value(window, Metric.MAE).interval().validity()).isEqualTo(Interval.Validity.FIXED_TIME);
        assertThatThrownBy(() -> window.merge(create())).hasMessageContaining("largestError");
        assertThatThrownBy(() -> PerformanceWindow.regression(0)).hasMessageContaining("largestError: 0.0");
    }

    @Test
    void staysFiniteWithHugeValuesAndRefusesInfiniteOnes() {
        PerformanceWindow window = create();
        window.addValue(0, 1e300);
        window.addValue(-1e300, 5);
        assertThat(window.metrics())
                .allSatisfy(v -> assertThat(v.value() + v.standardError()).isFinite());
        assertThatThrownBy(() -> window.addValue(1, Double.NaN)).hasMessageContaining("must be finite");
        assertThatThrownBy(() -> window.addValue(Double.POSITIVE_INFINITY, 1)).hasMessageContaining("must be finite");
    }
}
