package io.homeostat.drift.statistics.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.homeostat.drift.statistics.performance.Metric;
import io.homeostat.drift.statistics.performance.MetricValue;
import io.homeostat.drift.statistics.performance.PerformanceWindow;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every estimator of performance without labels keeps, and what none can. */
abstract class EstimationContract<C> {
    /** How rows are drawn. */
    enum World {
        /** As the reference. */
        REFERENCE,
        /** Other features, the same relation to the label. */
        COVARIATE_SHIFT,
        /** The same features, another relation to the label. */
        CONCEPT_DRIFT
    }

    /** An estimator of a made-up model. */
    interface Subject<C> {
        C chunk();

        /** Draws a row, adds it to the chunk, and with its label to the window. */
        void draw(World world, Random random, C chunk, PerformanceWindow truth);

        List<EstimatedMetric> estimate(C chunk);

        void merge(C chunk, C other);

        byte[] bytes(C chunk);

        C chunk(byte[] bytes);

        byte[] toBytes();

        Subject<C> restored();
    }

    private static final int ROWS = 500;
    private static final int CHUNKS = 200;

    /** A subject fitted to a reference of some thousand rows. */
    abstract Subject<C> fit(long seed);

    /** How many references the chunks are spread over. */
    int references() {
        return 10;
    }

    abstract PerformanceWindow window();

    /** The metric that both drifts of the made-up world change most plainly. */
    abstract Metric leading();

    private static double truth(PerformanceWindow window, Metric metric) {
        return window.metrics().stream()
                .filter(v -> v.metric() == metric)
                .mapToDouble(MetricValue::value)
                .findFirst()
                .orElseThrow();
    }

    private EstimatedMetric leading(Subject<C> subject, C chunk) {
        return subject.estimate(chunk).stream()
                .filter(e -> e.metric() == leading())
                .findFirst()
                .orElseThrow();
    }

    private Map<Metric, Double> shareWithinThreeErrors(World world) {
        Map<Metric, Double> within = new EnumMap<>(Metric.class);
        int references = references();
        int chunks = CHUNKS / references;
        for (int seed = 0; seed < references; seed++) {
            Subject<C> subject = fit(seed);
            Random random = new Random(1_000 + seed);
            for (int i = 0; i < chunks; i++) {
                C chunk = subject.chunk();
                PerformanceWindow truth = window();
                for (int row = 0; row < ROWS; row++) {
                    subject.draw(world, random, chunk, truth);
                }
                for (EstimatedMetric e : subject.estimate(chunk)) {
                    boolean inside = Math.abs(e.value() - truth(truth, e.metric())) <= 3 * e.standardError();
                    within.merge(e.metric(), inside ? 1.0 / references / chunks : 0, Double::sum);
                }
            }
        }
        return within;
    }

    @Test
    void isWithinThreeStandardErrorsOfTheTruth() {
        assertThat(shareWithinThreeErrors(World.REFERENCE))
                .isNotEmpty()
                .allSatisfy(
                        (metric, share) -> assertThat(share).as(metric.key()).isGreaterThanOrEqualTo(0.97));
    }

    @Test
    void isWithinThreeStandardErrorsOfTheTruthUnderCovariateShiftToo() {
        assertThat(shareWithinThreeErrors(World.COVARIATE_SHIFT))
                .isNotEmpty()
                .allSatisfy(
                        (metric, share) -> assertThat(share).as(metric.key()).isGreaterThanOrEqualTo(0.97));
    }

    @Test
    void followsTheTruthUnderCovariateShift() {
        // given
        Subject<C> subject = fit(5);
        Random random = new Random(6);
        C chunk = subject.chunk();
        PerformanceWindow truth = window();
        // when
        for (int row = 0; row < 4_000; row++) {
            subject.draw(World.COVARIATE_SHIFT, random, chunk, truth);
        }
        // then
        EstimatedMetric found = leading(subject, chunk);
        double reference = (found.lower() + found.upper()) / 2;
        double actual = truth(truth, leading());
        assertThat(found.outside()).isTrue();
        assertThat(Math.abs(found.value() - actual)).isLessThan(Math.abs(reference - actual) / 4);
    }

    /* not a wish but a fact: whoever estimates without labels must wait for late ones, too */
    @Test
    void isBlindToConceptDrift() {
        // given
        Subject<C> subject = fit(7);
        Random random = new Random(8);
        C chunk = subject.chunk();
        PerformanceWindow truth = window();
        // when
        for (int row = 0; row < ROWS; row++) {
            subject.draw(World.CONCEPT_DRIFT, random, chunk, truth);
        }
        // then
        EstimatedMetric found = leading(subject, chunk);
        assertThat(found.outside()).isFalse();
        double actual = truth(truth, leading());
        assertThat(actual < found.lower() || actual > found.upper()).isTrue();
        assertThat(Math.abs(found.value() - actual)).isGreaterThan(5 * found.standardError());
    }

    @Test
    void sharesMergeToTheWhole() {
        // given
        Subject<C> subject = fit(1);
        C whole = subject.chunk();
        C left = subject.chunk();
        C right = subject.chunk();
        Random random = new Random(2);
        Random same = new Random(2);
        for (int row = 0; row < 300; row++) {
            subject.draw(World.REFERENCE, random, whole, window());
            subject.draw(World.REFERENCE, same, row % 3 == 0 ? left : right, window());
        }
        // when
        subject.merge(left, subject.chunk(subject.bytes(right)));
        // then
        List<EstimatedMetric> merged = subject.estimate(left);
        List<EstimatedMetric> expected = subject.estimate(whole);
        assertThat(merged).hasSameSizeAs(expected);
        for (int i = 0; i < merged.size(); i++) {
            assertThat(merged.get(i).metric()).isEqualTo(expected.get(i).metric());
            assertThat(merged.get(i).n()).isEqualTo(300);
            assertThat(merged.get(i).value()).isCloseTo(expected.get(i).value(), within(1e-10));
            assertThat(merged.get(i).standardError()).isCloseTo(expected.get(i).standardError(), within(1e-10));
        }
    }

    @Test
    void goesOnFromItsBytes() {
        // given
        Subject<C> straight = fit(3);
        Subject<C> restored = straight.restored();
        C one = straight.chunk();
        C other = restored.chunk();
        Random random = new Random(4);
        Random same = new Random(4);
        // when
        for (int row = 0; row < 100; row++) {
            straight.draw(World.REFERENCE, random, one, window());
            other = restored.chunk(restored.bytes(other));
            restored.draw(World.REFERENCE, same, other, window());
        }
        // then
        assertThat(restored.bytes(other)).isEqualTo(straight.bytes(one));
        assertThat(restored.estimate(other)).isEqualTo(straight.estimate(one));
        assertThat(fit(3).toBytes()).isEqualTo(restored.toBytes());
    }

    @Test
    void anEmptyChunkHasNoEstimates() {
        Subject<C> subject = fit(1);
        assertThat(subject.estimate(subject.chunk())).isEmpty();
    }

    @Test
    void oneRowHasFiniteEstimates() {
        Subject<C> subject = fit(1);
        for (int seed = 0; seed < 50; seed++) {
            C chunk = subject.chunk();
            subject.draw(World.REFERENCE, new Random(seed), chunk, window());
            assertThat(subject.estimate(chunk)).isNotEmpty().allSatisfy(e -> {
                assertThat(e.value()).isFinite();
                assertThat(e.standardError()).isFinite().isNotNegative();
                assertThat(e.upper()).isFinite().isGreaterThanOrEqualTo(e.lower());
            });
        }
    }
}
