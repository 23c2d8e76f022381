package io.homeostat.drift.statistics.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.drift.statistics.performance.Metric;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.FeatureType;
import io.homeostat.drift.statistics.profile.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PerformanceEstimatorTest {
    private static final Schema SCHEMA = schema();

    private static Schema schema() {
        Map<String, FeatureType> features = new LinkedHashMap<>();
        features.put("x", FeatureType.NUMERIC);
        features.put("kind", FeatureType.CATEGORICAL);
        return new Schema(features);
    }

    /** A row whose answer is right with chance p (a class) or off by ten times that (a number). */
    private static AnsweredRow row(Task task, double p) {
        Map<String, Object> features = Map.of("x", p, "kind", p > .5 ? "easy" : "hard");
        return switch (task) {
            case BINARY -> new AnsweredRow(features, "yes", p, null);
            case MULTICLASS -> new AnsweredRow(features, "a", null, Map.of("a", p, "b", 1 - p));
            case REGRESSION -> new AnsweredRow(features, "0", null, null);
        };
    }

    private static String label(Task task, double p, Random random) {
        boolean right = random.nextDouble() < p;
        return switch (task) {
            case BINARY -> right ? "yes" : "no";
            case MULTICLASS -> right ? "a" : "b";
            case REGRESSION -> "" + 10 * p * (random.nextBoolean() ? 1 : -1);
        };
    }

    private static EstimatorLearner learner(Task task, int rows, long seed) {
        EstimatorLearner learner = new EstimatorLearner(task, SCHEMA, "yes", Math.max(100, rows));
        Random random = new Random(seed);
        for (int i = 0; i < rows; i++) {
            double p = random.nextDouble();
            learner.add(row(task, p), label(task, p, random));
        }
        return learner;
    }

    private static double value(PerformanceEstimator estimator, EstimateChunk chunk, Metric metric) {
        return estimator.estimate(chunk).stream()
                .filter(e -> e.metric() == metric)
                .findFirst()
                .orElseThrow()
                .value();
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void tellsWhatOtherRowsWillShow(Task task) {
        // given
        PerformanceEstimator estimator = learner(task, 1000, 1).fit(1).orElseThrow();
        EstimateChunk chunk = estimator.chunk();
        // when
        for (int i = 0; i < 500; i++) {
            assertThat(estimator.add(chunk, row(task, .8))).isTrue();
        }
        // then
        boolean classes = task != Task.REGRESSION;
        double value = value(estimator, chunk, classes ? Metric.ACCURACY : Metric.MAE);
        assertThat(value).isBetween(classes ? .7 : 7.5, classes ? .9 : 8.5);
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void bytesGiveTheSameAndChunksMerge(Task task) {
        // given
        PerformanceEstimator estimator = learner(task, 400, 2).fit(1).orElseThrow();
        PerformanceEstimator again = PerformanceEstimator.fromBytes(estimator.toBytes());
        EstimateChunk whole = estimator.chunk();
        EstimateChunk left = again.chunk();
        EstimateChunk right = estimator.chunk();
        Random random = new Random(5);
        // when
        for (int i = 0; i < 200; i++) {
            AnsweredRow row = row(task, random.nextDouble());
            estimator.add(whole, row);
            again.add(i % 2 == 0 ? left : right, row);
        }
        left.merge(EstimateChunk.fromBytes(right.toBytes()));
        // then
        assertThat(again.toBytes()).isEqualTo(estimator.toBytes());
        assertThat(again.made(whole)).isTrue();
        assertThat(left.n()).isEqualTo(whole.n());
        List<EstimatedMetric> merged = again.estimate(left);
        List<EstimatedMetric> direct = estimator.estimate(whole);
        for (int i = 0; i < direct.size(); i++) {
            assertThat(merged.get(i).value())
                    .isCloseTo(direct.get(i).value(), org.assertj.core.data.Offset.offset(1e-9));
        }
        assertThat(estimator.toBytes().length).isLessThan(400_000);
        assertThat(whole.toBytes().length).isLessThan(task == Task.MULTICLASS ? 27_000 : 14_000);
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void aLearnerGoesOnFromItsBytes(Task task) {
        // given
        EstimatorLearner learner = learner(task, 150, 3);
        // when
        EstimatorLearner again = EstimatorLearner.fromBytes(learner.toBytes());
        // then
        assertThat(again.toBytes()).isEqualTo(learner.toBytes());
        assertThat(again.fit(1).orElseThrow().toBytes())
                .isEqualTo(learner.fit(1).orElseThrow().toBytes());
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void chunksOfAnotherEstimatorAreRefused(Task task) {
        PerformanceEstimator one = learner(task, 200, 1).fit(1).orElseThrow();
        PerformanceEstimator other = learner(task, 200, 2).fit(1).orElseThrow();

        assertThat(one.made(other.chunk())).isFalse();
        assertThatThrownBy(() -> one.chunk().merge(other.chunk()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Start a new chunk");
    }

    @Test
    void longTextsAndRowsOfThousandsOfClassesAreNotKept() {
        // given
        Schema schema = new Schema(Map.of("note", FeatureType.CATEGORICAL));
        EstimatorLearner texts = new EstimatorLearner(Task.REGRESSION, schema, "", 100);
        EstimatorLearner classes = new EstimatorLearner(Task.MULTICLASS, schema, "", 100);
        Map<String, Double> probabilities =
                IntStream.range(0, 1_000).boxed().collect(Collectors.toMap(i -> "c" + i, i -> .001));
        // when
        for (int i = 0; i < 100; i++) {
            texts.add(new AnsweredRow(Map.of("note", i + "x".repeat(10_000)), "1", null, null), "2");
            classes.add(new AnsweredRow(Map.of(), "c1", null, probabilities), "c2");
        }
        // then
        assertThat(texts.rows()).isEqualTo(100);
        assertThat(texts.toBytes().length).isLessThan(100 * 300);
        assertThat(classes.rows()).isZero();
        assertThat(classes.fit(1)).isEmpty();
    }

    @Test
    void rowsThatLackWhatIsNeededAreLeftOut() {
        // given
        EstimatorLearner binary = new EstimatorLearner(Task.BINARY, SCHEMA, "yes", 100);
        EstimatorLearner classes = new EstimatorLearner(Task.MULTICLASS, SCHEMA, "yes", 100);
        EstimatorLearner numbers = new EstimatorLearner(Task.REGRESSION, SCHEMA, "yes", 100);
        // when
        binary.add(new AnsweredRow(Map.of(), "yes", null, null), "yes");
        binary.add(new AnsweredRow(Map.of(), "yes", 1.5, null), "yes");
        binary.add(new AnsweredRow(Map.of(), "yes", Double.NaN, null), "yes");
        classes.add(new AnsweredRow(Map.of(), "a", .5, null), "a");
        classes.add(new AnsweredRow(Map.of(), "a", null, Map.of("a", -1.0)), "a");
        numbers.add(new AnsweredRow(Map.of(), "many", null, null), "1");
        numbers.add(new AnsweredRow(Map.of(), "1", null, null), "Infinity");
        // then
        assertThat(List.of(binary.rows(), classes.rows(), numbers.rows())).containsOnly(0);
        assertThat(binary.fit(1)).isEmpty();
        // and so are they of a chunk
        PerformanceEstimator estimator = learner(Task.MULTICLASS, 200, 1).fit(1).orElseThrow();
        EstimateChunk chunk = estimator.chunk();
        assertThat(estimator.add(chunk, new AnsweredRow(Map.of(), "unheard of", null, Map.of("a", .5))))
                .isFalse();
        assertThat(estimator.add(chunk, new AnsweredRow(Map.of(), "a", null, Map.of("a", 2.0))))
                .isFalse();
        assertThat(estimator.estimate(chunk)).isEmpty();
    }

    @Test
    void missingValuesAndUnknownCategoriesOfARegressionCount() {
        // given
        PerformanceEstimator estimator = learner(Task.REGRESSION, 300, 1).fit(1).orElseThrow();
        EstimateChunk chunk = estimator.chunk();
        // when
        boolean taken = estimator.add(chunk, new AnsweredRow(Map.of("kind", "new"), "0", null, null));
        // then
        assertThat(taken).isTrue();
        assertThat(value(estimator, chunk, Metric.MAE)).isBetween(0.0, 10.0);
    }

    @Test
    void tooManyClassesGetNoEstimator() {
        // given
        EstimatorLearner learner = new EstimatorLearner(Task.MULTICLASS, SCHEMA, "", 100);
        // when
        for (int i = 0; i < 100; i++) {
            String name = "c" + i % 21;
            learner.add(new AnsweredRow(Map.of(), name, null, Map.of(name, .9)), name);
        }
        // then
        assertThat(learner.rows()).isEqualTo(100);
        assertThat(learner.fit(1)).isEmpty();
    }
}
