package io.homeostat.drift.statistics.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.drift.statistics.performance.Metric;
import io.homeostat.drift.statistics.performance.PerformanceWindow;
import io.homeostat.drift.statistics.performance.Task;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MulticlassCbpeTest extends EstimationContract<EstimationChunk> {
    private static final List<String> CLASSES = List.of("a", "b", "c");

    /* true chances from two features; the model's scores are these, sharpened */
    private static double[] softmax(double x, double y, double sharpness) {
        double a = Math.exp(sharpness * x);
        double b = Math.exp(sharpness * y);
        double c = Math.exp(-sharpness * (x + y) / 2);
        double sum = a + b + c;
        return new double[] {a / sum, b / sum, c / sum};
    }

    private static int best(double[] p) {
        return p[0] >= p[1] && p[0] >= p[2] ? 0 : p[1] >= p[2] ? 1 : 2;
    }

    private static int drawn(double[] p, Random random) {
        double at = random.nextDouble();
        return at < p[0] ? 0 : at < p[0] + p[1] ? 1 : 2;
    }

    private static double[] features(World world, Random random) {
        double spread = world == World.COVARIATE_SHIFT ? 0.5 : 1.2;
        return new double[] {spread * random.nextGaussian(), spread * random.nextGaussian()};
    }

    private static int label(World world, double[] features, Random random) {
        return drawn(softmax(features[0], features[1], world == World.CONCEPT_DRIFT ? 0.3 : 1.5), random);
    }

    private record Multiclass(MulticlassCbpe estimator) implements Subject<EstimationChunk> {
        @Override
        public EstimationChunk chunk() {
            return estimator.chunk();
        }

        @Override
        public void draw(World world, Random random, EstimationChunk chunk, PerformanceWindow truth) {
            double[] x = features(world, random);
            double[] p = softmax(x[0], x[1], 2);
            estimator.add(chunk, p, best(p));
            truth.addClass(
                    CLASSES.get(label(world, x, random)),
                    CLASSES.get(best(p)),
                    Map.of("a", p[0], "b", p[1], "c", p[2]));
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
            return new Multiclass(MulticlassCbpe.fromBytes(estimator.toBytes()));
        }
    }

    @Override
    Subject<EstimationChunk> fit(long seed) {
        Random random = new Random(seed);
        int n = 3_000;
        double[][] probabilities = new double[n][];
        int[] predicted = new int[n];
        int[] actual = new int[n];
        for (int i = 0; i < n; i++) {
            double[] x = features(World.REFERENCE, random);
            probabilities[i] = softmax(x[0], x[1], 2);
            predicted[i] = best(probabilities[i]);
            actual[i] = label(World.REFERENCE, x, random);
        }
        return new Multiclass(MulticlassCbpe.fit(CLASSES, probabilities, predicted, actual, seed));
    }

    @Override
    PerformanceWindow window() {
        return new PerformanceWindow(Task.MULTICLASS);
    }

    @Override
    Metric leading() {
        return Metric.ACCURACY;
    }

    @Test
    void estimatesEveryMetricThatThePerformanceHas() {
        Subject<EstimationChunk> subject = fit(1);
        EstimationChunk chunk = subject.chunk();
        for (int i = 0; i < 50; i++) {
            subject.draw(World.REFERENCE, new Random(i), chunk, window());
        }
        assertThat(subject.estimate(chunk))
                .extracting(EstimatedMetric::metric)
                .containsExactly(
                        Metric.ACCURACY,
                        Metric.BALANCED_ACCURACY,
                        Metric.PRECISION,
                        Metric.RECALL,
                        Metric.F1,
                        Metric.AUC,
                        Metric.LOG_LOSS,
                        Metric.BRIER);
    }

    @Test
    void refusesWhatItCannotUse() {
        MulticlassCbpe estimator = ((Multiclass) fit(1)).estimator();
        EstimationChunk chunk = estimator.chunk();
        assertThatThrownBy(() -> estimator.add(chunk, new double[] {1, 0}, 0))
                .hasMessageContaining("2 are given for 3");
        assertThatThrownBy(() -> estimator.add(chunk, new double[] {1, 0, 0}, 3))
                .hasMessageContaining("predicted: 3");
        assertThatThrownBy(() -> estimator.add(chunk, new double[] {1, 0, Double.NaN}, 0))
                .hasMessageContaining("score: NaN");
        assertThatThrownBy(() -> MulticlassCbpe.fit(List.of("a"), new double[1][1], new int[1], new int[1], 1))
                .hasMessageContaining("2 to 50 classes");
    }
}
