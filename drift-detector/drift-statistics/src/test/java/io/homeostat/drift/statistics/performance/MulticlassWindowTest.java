package io.homeostat.drift.statistics.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MulticlassWindowTest extends PerformanceWindowContract {
    private static final String[] NAMES = {"a", "b", "c"};

    @Override
    PerformanceWindow create() {
        return new PerformanceWindow(Task.MULTICLASS);
    }

    @Override
    void add(PerformanceWindow window, Random random) {
        double a = random.nextDouble();
        double b = random.nextDouble() * (1 - a);
        double drawn = random.nextDouble();
        double[] p = {a, b, 1 - a - b};
        int actual = drawn < a ? 0 : drawn < a + b ? 1 : 2;
        int predicted = a >= b && a >= p[2] ? 0 : b >= p[2] ? 1 : 2;
        window.addClass(NAMES[actual], NAMES[predicted], Map.of("a", a, "b", b, "c", p[2]));
    }

    @Override
    void addPerfect(PerformanceWindow window) {
        String name = NAMES[(int) (window.n() % 3)];
        window.addClass(name, name, Map.of(name, 1.0));
    }

    @Test
    void agreesWithHandCountedMacroMeans() {
        PerformanceWindow window = create();
        window.addClass("a", "a", 0.8);
        window.addClass("a", "b", 0.2);
        window.addClass("b", "b", 0.5);
        window.addClass("b", "b", Double.NaN);
        window.addClass("c", "a", 0.0);
        assertThat(value(window, Metric.ACCURACY).value()).isEqualTo(0.6);
        assertThat(value(window, Metric.BALANCED_ACCURACY).value()).isCloseTo(0.5, within(1e-12));
        assertThat(value(window, Metric.RECALL).value()).isCloseTo(0.5, within(1e-12));
        // c was never predicted
        assertThat(value(window, Metric.PRECISION).value()).isCloseTo((1 / 2.0 + 2 / 3.0) / 2, within(1e-12));
        assertThat(value(window, Metric.F1).value()).isCloseTo((0.5 + 0.8 + 0) / 3, within(1e-12));
        assertThat(value(window, Metric.LOG_LOSS).n()).isEqualTo(4);
    }

    @Test
    void judgesTheWholeDistributionWhereItIsGiven() {
        PerformanceWindow window = create();
        window.addClass("a", "a", Map.of("a", 0.7, "b", 0.2, "c", 0.1));
        window.addClass("b", "a", Map.of("a", 0.6, "b", 0.3, "c", 0.1));
        // (.09 + .04 + .01 + .36 + .49 + .01) / 2
        assertThat(value(window, Metric.BRIER).value()).isCloseTo(0.5, within(1e-12));
        // |1 − .7| and |0 − .6|
        assertThat(value(window, Metric.CALIBRATION_ERROR).value()).isCloseTo(0.45, within(1e-12));
        // a and b are ranked rightly, c has no positive
        assertThat(value(window, Metric.AUC).value()).isEqualTo(1);
    }

    @Test
    void givesUpPerClassMetricsAboveItsClassesWhateverTheOrder() {
        // given
        PerformanceWindow up = create();
        PerformanceWindow down = create();
        PerformanceWindow left = create();
        PerformanceWindow right = create();
        for (int i = 0; i <= ConfusionCounts.MOST_CLASSES; i++) {
            up.addClass("" + i, "" + i, 0.5);
            down.addClass("" + (ConfusionCounts.MOST_CLASSES - i), "" + (ConfusionCounts.MOST_CLASSES - i), 0.5);
            (i % 2 == 0 ? left : right).addClass("" + i, "" + i, 0.5);
        }
        // when
        left.merge(right);
        // then
        assertThat(up.metrics()).extracting(MetricValue::metric).containsExactly(Metric.ACCURACY, Metric.LOG_LOSS);
        assertThat(down.toBytes()).isEqualTo(up.toBytes());
        assertThat(left.metrics()).hasSize(2);
    }

    @Test
    void givesUpTheAucAboveItsScoredClasses() {
        PerformanceWindow window = create();
        for (int i = 0; i <= ClassCounts.MOST_SCORED_CLASSES; i++) {
            window.addClass("" + i, "" + i, Map.of("" + i, 1.0));
        }
        assertThat(window.metrics())
                .extracting(MetricValue::metric)
                .contains(Metric.F1, Metric.BRIER)
                .doesNotContain(Metric.AUC);
    }

    @Test
    void refusesWhatIsNoProbability() {
        PerformanceWindow window = create();
        assertThatThrownBy(() -> window.addClass("a", "a", Map.of("a", Double.NaN)))
                .hasMessageContaining("probabilities.a");
        assertThatThrownBy(() -> window.addClass("a", "a", Double.NEGATIVE_INFINITY))
                .hasMessageContaining("probability: -Infinity");
        assertThat(window.n()).isZero();
    }
}
