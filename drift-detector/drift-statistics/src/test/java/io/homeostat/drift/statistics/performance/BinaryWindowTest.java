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

    /* Of a model of rare events all scores are close to 0, and of one of what nearly always happens close to 1. */
    @Test
    void theAucOfScoresCloseToAnEndIsInTheirOrderThere() {
        for (boolean rare : new boolean[] {true, false}) {
            PerformanceWindow window = create();
            Random random = new Random(5);
            double[][] scores = new double[2][400];
            for (int i = 0; i < 800; i++) {
                double odds = Math.exp(-8 + i % 2 + 1.5 * random.nextGaussian());
                double score = rare ? odds / (1 + odds) : 1 / (1 + odds);
                scores[i % 2][i / 2] = score;
                window.addBinary(i % 2 == 1, false, score);
            }
            double exact = auc(scores[1], scores[0]);
            assertThat(Math.abs(exact - 0.5)).isGreaterThan(0.15);
            assertThat(window.auc().orElseThrow()).isCloseTo(exact, within(0.005));
            assertThat(window.aucErrorBound()).isLessThan(0.02);
        }
    }

    private static double auc(double[] positives, double[] negatives) {
        double won = 0;
        for (double positive : positives) {
            for (double negative : negatives) {
                won += positive > negative ? 1 : positive == negative ? 0.5 : 0;
            }
        }
        return won / positives.length / negatives.length;
    }

    @Test
    void readsBytesOfEqualBins() {
        PerformanceWindow window = create();
        window.addBinary(true, false, 0.5);
        window.addBinary(false, false, 1e-7);
        byte[] bytes = window.toBytes();
        bytes[1] = 2; // whose first bin ended at .001
        PerformanceWindow read = PerformanceWindow.fromBytes(bytes);
        read.addBinary(true, false, 0.0001);
        read.addBinary(false, false, 0.002);
        assertThat(read.n()).isEqualTo(4);
        assertThat(read.auc()).hasValue(0.5);
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
