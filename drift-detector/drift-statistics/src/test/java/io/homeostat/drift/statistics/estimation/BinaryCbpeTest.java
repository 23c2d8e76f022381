package io.homeostat.drift.statistics.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.homeostat.drift.statistics.performance.Metric;
import io.homeostat.drift.statistics.performance.PerformanceWindow;
import io.homeostat.drift.statistics.performance.Task;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BinaryCbpeTest extends EstimationContract<EstimationChunk> {
    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /* the model is too sure of itself: its scores need calibration */
    private static double score(double x) {
        return sigmoid(3 * x + 0.3);
    }

    private static double feature(World world, Random random) {
        return world == World.COVARIATE_SHIFT ? 0.2 + 0.4 * random.nextGaussian() : random.nextGaussian();
    }

    private static boolean label(World world, double x, Random random) {
        return random.nextDouble() < sigmoid(world == World.CONCEPT_DRIFT ? 0.3 * x : 2 * x);
    }

    private record Binary(BinaryCbpe estimator) implements Subject<EstimationChunk> {
        @Override
        public EstimationChunk chunk() {
            return estimator.chunk();
        }

        @Override
        public void draw(World world, Random random, EstimationChunk chunk, PerformanceWindow truth) {
            double x = feature(world, random);
            estimator.add(chunk, score(x), score(x) > 0.5);
            truth.addBinary(label(world, x, random), score(x) > 0.5, score(x));
        }

        @Override
        public List<EstimatedMetric> estimate(EstimationChunk chunk) {
            return estimator.estimate(chunk);
        }

        @Override
        public void merge(EstimationChunk chunk, EstimationChunk other) {
            chunk.merge(other);
        }

        @Override
        public byte[] bytes(EstimationChunk chunk) {
            return chunk.toBytes();
        }

        @Override
        public EstimationChunk chunk(byte[] bytes) {
            return EstimationChunk.fromBytes(bytes);
        }

        @Override
        public byte[] toBytes() {
            return estimator.toBytes();
        }

        @Override
        public Subject<EstimationChunk> restored() {
            return new Binary(BinaryCbpe.fromBytes(estimator.toBytes()));
        }
    }

    @Override
    Subject<EstimationChunk> fit(long seed) {
        Random random = new Random(seed);
        int n = 3_000;
        double[] scores = new double[n];
        boolean[] predicted = new boolean[n];
        boolean[] actual = new boolean[n];
        for (int i = 0; i < n; i++) {
            double x = feature(World.REFERENCE, random);
            scores[i] = score(x);
            predicted[i] = scores[i] > 0.5;
            actual[i] = label(World.REFERENCE, x, random);
        }
        return new Binary(BinaryCbpe.fit(scores, predicted, actual, seed));
    }

    @Override
    PerformanceWindow window() {
        return new PerformanceWindow(Task.BINARY);
    }

    @Override
    Metric leading() {
        return Metric.ACCURACY;
    }

    private static double value(List<EstimatedMetric> estimates, Metric metric) {
        return estimates.stream()
                .filter(e -> e.metric() == metric)
                .findFirst()
                .orElseThrow()
                .value();
    }

    /* a reference whose scores are right as they are, so that they are kept */
    private static BinaryCbpe calibrated() {
        int n = 4_000;
        double[] scores = new double[n];
        boolean[] predicted = new boolean[n];
        boolean[] actual = new boolean[n];
        for (int i = 0; i < n; i++) {
            scores[i] = (1 + i % 4) / 5.0;
            predicted[i] = scores[i] > 0.5;
            actual[i] = i / 4 % 5 <= i % 4;
        }
        return BinaryCbpe.fit(scores, predicted, actual, 1);
    }

    @Test
    void expectsTheConfusionsOfCalibratedScores() {
        // given
        BinaryCbpe estimator = calibrated();
        assertThat(estimator.probability(0.2)).isCloseTo(0.2, within(1e-3));
        EstimationChunk chunk = estimator.chunk();
        // when
        estimator.add(chunk, 0.8, true);
        estimator.add(chunk, 0.6, true);
        estimator.add(chunk, 0.4, false);
        estimator.add(chunk, 0.2, false);
        // then: TP 1.4, FP .6, FN .6, TN 1.4
        List<EstimatedMetric> found = estimator.estimate(chunk);
        assertThat(value(found, Metric.ACCURACY)).isCloseTo(0.7, within(1e-3));
        assertThat(value(found, Metric.PRECISION)).isCloseTo(0.7, within(1e-3));
        assertThat(value(found, Metric.RECALL)).isCloseTo(0.7, within(1e-3));
        assertThat(value(found, Metric.F1)).isCloseTo(0.7, within(1e-3));
        assertThat(value(found, Metric.BALANCED_ACCURACY)).isCloseTo(0.7, within(1e-3));
        // Σ p (1 − p)
        assertThat(value(found, Metric.BRIER)).isCloseTo((0.16 + 0.24 + 0.24 + 0.16) / 4, within(1e-3));
        // Σ over pairs of the higher's p times the lower's 1 − p, over Σ over both orders
        double won = 0.8 * (0.4 + 0.6 + 0.8) + 0.6 * (0.6 + 0.8) + 0.4 * 0.8;
        double lost = 0.2 * (0.6 + 0.4 + 0.2) + 0.4 * (0.4 + 0.2) + 0.6 * 0.2;
        assertThat(value(found, Metric.AUC)).isCloseTo(won / (won + lost), within(1e-3));
    }

    @Test
    void calibratesScoresThatAreTooSure() {
        BinaryCbpe estimator = ((Binary) fit(1)).estimator();
        double x = 0.5;
        assertThat(estimator.probability(score(x))).isCloseTo(sigmoid(2 * x), within(0.05));
        assertThat(score(x)).isGreaterThan(sigmoid(2 * x) + 0.1);
    }

    @Test
    void certainScoresAndOneClassAreNoTrouble() {
        boolean[] all = {true, true};
        BinaryCbpe estimator = BinaryCbpe.fit(new double[] {1, 1}, all, all, 1);
        EstimationChunk chunk = estimator.chunk();
        estimator.add(chunk, 1, true);
        estimator.add(chunk, 0, true);
        assertThat(estimator.estimate(chunk))
                .isNotEmpty()
                .allSatisfy(e -> assertThat(e.value()).isFinite());
        assertThat(estimator.estimate(chunk))
                .extracting(EstimatedMetric::metric)
                .doesNotContain(Metric.AUC);
    }

    @Test
    void theExampleOfTheDocumentationIsTrue() {
        Random random = new Random(1);
        int n = 5_000;
        double[] scores = random.doubles(n).toArray();
        boolean[] predicted = new boolean[n];
        boolean[] actual = new boolean[n];
        for (int i = 0; i < n; i++) {
            predicted[i] = scores[i] > 0.5;
            actual[i] = random.nextDouble() < scores[i];
        }
        BinaryCbpe estimator = BinaryCbpe.fit(scores, predicted, actual, 1);
        EstimationChunk chunk = estimator.chunk();
        for (int i = 0; i < 1_000; i++) {
            double score = 0.3 + 0.4 * random.nextDouble();
            estimator.add(chunk, score, score > 0.5);
        }
        EstimatedMetric accuracy = estimator.estimate(chunk).get(0);
        assertThat(accuracy.value()).isCloseTo(0.60, within(0.02));
        assertThat(accuracy.outside()).isTrue();
    }

    @Test
    void refusesWhatItCannotUse() {
        BinaryCbpe estimator = calibrated();
        EstimationChunk chunk = estimator.chunk();
        assertThatThrownBy(() -> estimator.add(chunk, Double.NaN, true)).hasMessageContaining("score: NaN");
        assertThatThrownBy(() -> estimator.add(chunk, Double.POSITIVE_INFINITY, true))
                .hasMessageContaining("score: Infinity");
        assertThatThrownBy(() -> BinaryCbpe.fit(new double[0], new boolean[0], new boolean[0], 1))
                .hasMessageContaining("at least one row");
        EstimationChunk foreign = ((Binary) fit(1)).chunk();
        assertThatThrownBy(() -> chunk.merge(foreign)).hasMessageContaining("another estimator");
        assertThatThrownBy(() -> estimator.estimate(foreign)).hasMessageContaining("another estimator");
    }
}
