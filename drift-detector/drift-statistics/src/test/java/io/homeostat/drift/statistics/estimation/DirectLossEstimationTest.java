package io.homeostat.drift.statistics.estimation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.drift.statistics.performance.Metric;
import io.homeostat.drift.statistics.performance.PerformanceWindow;
import io.homeostat.drift.statistics.performance.Task;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DirectLossEstimationTest extends EstimationContract<LossChunk> {
    /* one feature in a hundred rows is missing */
    private static double[] features(World world, Random random) {
        double x = world == World.COVARIATE_SHIFT ? 0.6 + 0.4 * random.nextDouble() : random.nextDouble();
        return new double[] {x, random.nextDouble() < 0.01 ? Double.NaN : random.nextGaussian()};
    }

    private static double predicted(double[] features) {
        return 10 * features[0];
    }

    /* the model is right on the mean, and the surer the smaller the first feature */
    private static double actual(World world, double[] features, Random random) {
        double noise = (0.5 + 2 * features[0]) * random.nextGaussian();
        return predicted(features) + noise + (world == World.CONCEPT_DRIFT ? 3 : 0);
    }

    private record Regression(DirectLossEstimation estimator) implements Subject<LossChunk> {
        @Override
        public LossChunk chunk() {
            return estimator.chunk();
        }

        @Override
        public void draw(World world, Random random, LossChunk chunk, PerformanceWindow truth) {
            double[] features = features(world, random);
            estimator.add(chunk, features, predicted(features));
            truth.addValue(predicted(features), actual(world, features, random));
        }

        @Override
        public List<EstimatedMetric> estimate(LossChunk chunk) {
            return estimator.estimate(chunk);
        }

        @Override
        public void merge(LossChunk chunk, LossChunk other) {
            chunk.merge(other);
        }

        @Override
        public byte[] bytes(LossChunk chunk) {
            return chunk.toBytes();
        }

        @Override
        public LossChunk chunk(byte[] bytes) {
            return LossChunk.fromBytes(bytes);
        }

        @Override
        public byte[] toBytes() {
            return estimator.toBytes();
        }

        @Override
        public Subject<LossChunk> restored() {
            return new Regression(DirectLossEstimation.fromBytes(estimator.toBytes()));
        }
    }

    @Override
    Subject<LossChunk> fit(long seed) {
        Random random = new Random(seed);
        int n = 2_000;
        double[][] features = new double[n][];
        double[] predicted = new double[n];
        double[] actual = new double[n];
        for (int i = 0; i < n; i++) {
            features[i] = features(World.REFERENCE, random);
            predicted[i] = predicted(features[i]);
            actual[i] = actual(World.REFERENCE, features[i], random);
        }
        return new Regression(DirectLossEstimation.fit(features, predicted, actual, seed));
    }

    @Override
    int references() {
        return 4;
    }

    @Override
    PerformanceWindow window() {
        return new PerformanceWindow(Task.REGRESSION);
    }

    @Override
    Metric leading() {
        return Metric.MAE;
    }

    @Test
    void refusesWhatItCannotUse() {
        DirectLossEstimation estimator = ((Regression) fit(1)).estimator();
        assertThatThrownBy(() -> estimator.add(estimator.chunk(), new double[] {1}, 1))
                .hasMessageContaining("1 features for 2");
        assertThatThrownBy(() -> estimator.add(estimator.chunk(), new double[] {1, 1}, Double.NaN))
                .hasMessageContaining("a prediction of NaN");
        assertThatThrownBy(() -> DirectLossEstimation.fit(new double[0][], new double[0], new double[0], 1))
                .hasMessageContaining("at least one row");
    }
}
