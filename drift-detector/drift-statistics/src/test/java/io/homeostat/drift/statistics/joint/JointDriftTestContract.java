package io.homeostat.drift.statistics.joint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.drift.statistics.profile.FeatureType;
import io.homeostat.drift.statistics.profile.RowSample;
import io.homeostat.drift.statistics.profile.Schema;
import io.homeostat.drift.statistics.twosample.TwoSampleResult;
import io.homeostat.drift.statistics.twosample.Verdict;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every test of the joint distribution keeps: two numbers whose correlation changes, noise, a category, gaps, a clock. */
abstract class JointDriftTestContract {
    private static final int SEEDS = 100;
    private static final Schema SCHEMA = schema();

    abstract JointDriftTest create();

    abstract JointDriftTest create(double gate, int fewestRows);

    private static Schema schema() {
        Map<String, FeatureType> features = new LinkedHashMap<>();
        features.put("a", FeatureType.NUMERIC);
        features.put("b", FeatureType.NUMERIC);
        features.put("noise", FeatureType.NUMERIC);
        features.put("kind", FeatureType.CATEGORICAL);
        features.put("time", FeatureType.NUMERIC);
        return new Schema(features);
    }

    static Map<String, @Nullable Object> row(Random random, double correlation, long time) {
        Map<String, @Nullable Object> row = new HashMap<>();
        double a = random.nextGaussian();
        row.put("a", a);
        row.put("b", correlation * a + Math.sqrt(1 - correlation * correlation) * random.nextGaussian());
        row.put("noise", random.nextDouble() < 0.05 ? null : Math.exp(random.nextGaussian()));
        row.put("kind", "k" + random.nextInt(3));
        row.put("time", time);
        return row;
    }

    static RowSample sample(long seed, int rows, double correlation) {
        RowSample sample = new RowSample(SCHEMA, seed);
        Random random = new Random(seed);
        for (int i = 0; i < rows; i++) {
            sample.add(row(random, correlation, seed * 1_000_000 + i));
        }
        return sample;
    }

    @Test
    void independentSamplesOfTheSameRowsAreRarelyCalledDifferent() {
        for (int[] sizes : new int[][] {{400, 400}, {1_000, 250}}) {
            int falseAlarms = 0;
            int smallPValues = 0;
            for (int seed = 1; seed <= SEEDS; seed++) {
                TwoSampleResult result =
                        create().test(sample(seed, sizes[0], 0.5), sample(seed + 10_000L, sizes[1], 0.5));
                falseAlarms += result.verdict() == Verdict.DIFFERENT ? 1 : 0;
                smallPValues += result.pValue() < 0.01 ? 1 : 0;
            }
            // of Binomial(100, .001) more than 1 has p = .005, of Binomial(100, .01) more than 5 has p = .0005
            assertThat(falseAlarms).isLessThanOrEqualTo(1);
            assertThat(smallPValues).isLessThanOrEqualTo(5);
        }
    }

    @Test
    void aCorrelationThatTurnsRoundIsFoundThoughNoColumnChanged() {
        for (int seed = 1; seed <= 10; seed++) {
            TwoSampleResult result = create().test(sample(seed, 3_000, 0.9), sample(seed + 100L, 3_000, -0.9));
            assertThat(result.verdict()).as(result.reason()).isEqualTo(Verdict.DIFFERENT);
            assertThat(result.feature()).isEqualTo(JointDriftTest.FEATURE);
            assertThat(result.statistic()).isGreaterThan(result.threshold());
            assertThat(result.effect()).isGreaterThanOrEqualTo(create().effectGate());
        }
    }

    @Test
    void equalSamplesGiveEqualResults() {
        TwoSampleResult one = create().test(sample(1, 800, 0.9), sample(2, 800, 0.5));
        RowSample restored = RowSample.fromBytes(sample(2, 800, 0.5).toBytes());
        assertThat(create().test(sample(1, 800, 0.9), restored)).isEqualTo(one);
    }

    @Test
    void fewRowsOrOtherFeaturesOrNothingToCompareAreVerdictsOfTheirOwn() {
        RowSample reference = sample(1, 500, 0);
        assertThat(create().test(reference, sample(2, 199, 0)).verdict()).isEqualTo(Verdict.TOO_FEW_ROWS);
        Schema other = new Schema(Map.of("time", FeatureType.NUMERIC));
        RowSample clock = new RowSample(other, 1);
        for (int i = 0; i < 300; i++) {
            clock.add(Map.of("time", i));
        }
        assertThat(create().test(reference, clock).verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
        assertThat(create().test(clock, clock).reason()).contains("no column is left");
    }

    @Test
    void columnsWithoutAnyValueAreNoObstacle() {
        Schema schema = new Schema(Map.of("a", FeatureType.NUMERIC, "b", FeatureType.NUMERIC));
        RowSample reference = new RowSample(schema, 1);
        RowSample same = new RowSample(schema, 2);
        RowSample gone = new RowSample(schema, 3);
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            reference.add(Map.of("a", random.nextGaussian()));
            same.add(Map.of("a", random.nextGaussian()));
            gone.add(random.nextBoolean() ? Map.of() : Map.of("a", random.nextGaussian()));
        }
        assertThat(create().test(reference, same).verdict()).isEqualTo(Verdict.SAME);
        assertThat(create().test(reference, gone).verdict()).isEqualTo(Verdict.DIFFERENT);
    }

    @Test
    void refusesAGateOrANumberOfRowsOutsideTheRange() {
        assertThatThrownBy(() -> create(0, 200)).hasMessageContaining("gate 0.0");
        assertThatThrownBy(() -> create(0.1, 3)).hasMessageContaining("fewest rows 3");
    }
}
