package io.homeostat.drift.statistics.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BinaryWindowTest extends PerformanceWindowContract {
    @Override
    PerformanceWindow create() {
        return new PerformanceWindow(Task.BINARY);
    }

    @Override
    void add(PerformanceWindow window, Random random) {
        double score = random.nextDouble();
        window.addBinary(random.nextDouble() < score, score > 0.5, score);
    }

    @Override
    void addPerfect(PerformanceWindow window) {
        window.addBinary(window.n() % 2 == 0, window.n() % 2 == 0, window.n() % 2 == 0 ? 1 : 0);
    }

    @Test
    void agreesWithHandCountedValues() {
        PerformanceWindow window = create();
        window.addBinary(true, true, 0.9);
        window.addBinary(true, false, 0.4);
        window.addBinary(false, true, 0.6);
        window.addBinary(false, false, 0.1);
        window.addBinary(false, true, Double.NaN);
        assertThat(value(window, Metric.ACCURACY).value()).isEqualTo(0.4);
        assertThat(value(window, Metric.BALANCED_ACCURACY).value()).isCloseTo((0.5 + 1 / 3.0) / 2, within(1e-12));
        assertThat(value(window, Metric.PRECISION).value()).isEqualTo(1 / 3.0);
        assertThat(value(window, Metric.PRECISION).n()).isEqualTo(3);
        assertThat(value(window, Metric.RECALL).value()).isEqualTo(0.5);
        assertThat(value(window, Metric.F1).value()).isCloseTo(0.4, within(1e-12));
        assertThat(value(window, Metric.AUC).value()).isEqualTo(0.75);
        assertThat(value(window, Metric.AUC).n()).isEqualTo(4);
        assertThat(value(window, Metric.LOG_LOSS).value())
                .isCloseTo(-(Math.log(0.9) + Math.log(0.4)) / 2, within(1e-12));
        assertThat(value(window, Metric.BRIER).value()).isCloseTo(0.185, within(1e-12));
        assertThat(value(window, Metric.CALIBRATION_ERROR).value()).isCloseTo(0.35, within(1e-12));
        assertThat(window.aucErrorBound()).isZero();
    }

    @Test
    void theStandardErrorOfAShareIsTheBinomials() {
        PerformanceWindow window = create();
        for (int i = 0; i < 200; i++) {
            window.addBinary(i < 100, i < 70 || i >= 190, Double.NaN);
        }
        MetricValue accuracy = value(window, Metric.ACCURACY);
        assertThat(accuracy.value()).isEqualTo(0.8);
        assertThat(accuracy.standardError()).isCloseTo(0.02828, within(1e-5));
        assertThat(accuracy.interval().validity()).isEqualTo(Interval.Validity.ANYTIME);
        assertThat(value(window, Metric.PRECISION).value()).isEqualTo(70 / 80.0);
        assertThat(value(window, Metric.F1).interval().validity()).isEqualTo(Interval.Validity.FIXED_TIME);
    }

    @Test
    void leavesOutWhatOneClassDoesNotDefine() {
        PerformanceWindow window = create();
        window.addBinary(false, false, 0.1);
        assertThat(window.auc()).isEmpty();
        assertThat(window.metrics())
                .extracting(MetricValue::metric)
                .containsExactly(
                        Metric.ACCURACY,
                        Metric.BALANCED_ACCURACY,
                        Metric.LOG_LOSS,
                        Metric.BRIER,
                        Metric.CALIBRATION_ERROR);
    }

    @Test
    void aCertainMistakeCostsTheLargestLogLoss() {
        PerformanceWindow window = create();
        window.addBinary(true, false, 0);
        window.addBinary(false, true, 1);
        assertThat(value(window, Metric.LOG_LOSS).value()).isCloseTo(34.539, within(1e-3));
        assertThat(value(window, Metric.BRIER).value()).isEqualTo(1);
        assertThat(value(window, Metric.AUC).value()).isZero();
    }

    @Test
    void refusesAnInfiniteScoreAndCountsNothingOfIt() {
        PerformanceWindow window = create();
        assertThatThrownBy(() -> window.addBinary(true, true, Double.POSITIVE_INFINITY))
                .hasMessageContaining("probability: Infinity");
        assertThat(window.n()).isZero();
    }

    @Test
    void doesNotMixTasks() {
        assertThatThrownBy(() -> create().addValue(1, 2)).hasMessageContaining("task: the window is of BINARY");
        assertThatThrownBy(() -> create().merge(new PerformanceWindow(Task.REGRESSION)))
                .hasMessageContaining("task: the window is of REGRESSION");
    }
}
