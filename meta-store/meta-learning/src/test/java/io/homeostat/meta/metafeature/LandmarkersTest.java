package io.homeostat.meta.metafeature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class LandmarkersTest {
    private static final double[] X = {0, 0};

    /** 1,500 rows of two normal numbers and a category. */
    private static MetaFeatureBuilder table(Target target, double shift, Function<double[], Object> label) {
        SplittableRandom random = new SplittableRandom(5);
        MetaFeatureBuilder builder = new MetaFeatureBuilder(target, 1);
        for (int i = 0; i < 1500; i++) {
            double[] x = X.clone();
            x[0] = random.nextGaussian() + shift;
            x[1] = random.nextGaussian();
            Map<String, Object> row = new HashMap<>(Map.of("a", x[0], "c", random.nextInt(3) == 0 ? "red" : "blue"));
            if (i % 10 > 0) {
                row.put("b", x[1]);
            }
            builder.add(row, label.apply(x));
        }
        return builder;
    }

    @Test
    void aSplitOfOneColumnIsFoundByTheStump() {
        // when
        Map<String, Double> found = table(Target.CLASSES, 0, x -> x[0] > 0.5).metaFeatures();

        // then
        assertThat(found.get("landmarkStump")).isGreaterThan(0.9);
        assertThat(found.get("landmarkLinear")).isGreaterThan(0.7);
        assertThat(found.get("landmarkNaiveBayes")).isGreaterThan(0.7);
    }

    @Test
    void oppositeQuartersAreFoundByTheNearestRowOnly() {
        // when
        Map<String, Double> found =
                table(Target.CLASSES, 0, x -> x[0] * x[1] > 0).metaFeatures();

        // then
        assertThat(found.get("landmarkNearest")).isGreaterThan(0.5);
        assertThat(found.get("landmarkLinear")).isCloseTo(0, within(0.2));
        assertThat(found.get("landmarkStump")).isCloseTo(0, within(0.2));
    }

    @Test
    void chanceIsZero() {
        // given
        SplittableRandom random = new SplittableRandom(2);

        // when
        Map<String, Double> found =
                table(Target.CLASSES, 0, x -> random.nextInt(4)).metaFeatures();

        // then
        for (String name : new String[] {"landmarkStump", "landmarkNaiveBayes", "landmarkLinear", "landmarkNearest"}) {
            assertThat(found.get(name)).as(name).isCloseTo(0, within(0.15));
        }
    }

    @Test
    void aLineIsFoundInNumbersAndNaiveBayesIsLeftOut() {
        // when
        Map<String, Double> found =
                table(Target.NUMBERS, 0, x -> 100 - 7 * x[0]).metaFeatures();

        // then
        assertThat(found.get("landmarkLinear")).isGreaterThan(0.95);
        assertThat(found.get("landmarkStump")).isBetween(0.4, 0.8);
        assertThat(found).doesNotContainKey("landmarkNaiveBayes");
    }

    @Test
    void partsThatAreMergedSayTheSame() {
        // given
        MetaFeatureBuilder whole = new MetaFeatureBuilder(Target.CLASSES, 1);
        MetaFeatureBuilder first = new MetaFeatureBuilder(Target.CLASSES, 1);
        MetaFeatureBuilder second = new MetaFeatureBuilder(Target.CLASSES, 1, Limits.DEFAULT, 3000);
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 6000; i++) {
            double x = random.nextDouble();
            Map<String, Object> row = Map.of("x", x, "kind", x * 3 % 1 > 0.5 ? "u" : "v");
            whole.add(row, x > 0.4);
            (i < 3000 ? first : second).add(row, x > 0.4);
        }

        // when
        Map<String, Double> merged = second.merge(first).metaFeatures();

        // then
        whole.metaFeatures()
                .forEach((name, value) -> assertThat(merged.get(name)).isCloseTo(value, within(1e-9)));
    }

    @Test
    void fewRowsAndOneClassHaveNone() {
        // given
        MetaFeatureBuilder few = new MetaFeatureBuilder(Target.CLASSES, 1);
        for (int i = 0; i < 15; i++) {
            few.add(Map.of("x", i), i % 2 == 0);
        }

        // then
        assertThat(few.metaFeatures()).doesNotContainKeys("landmarkStump", "landmarkLinear");
        assertThat(table(Target.CLASSES, 0, x -> "always").metaFeatures()).doesNotContainKey("landmarkStump");
    }

    @Test
    void aShiftSinceAnEarlierSnapshotIsMeasured() {
        // given: Φ(½) − Φ(−½) = .38
        MetaFeatureBuilder before = table(Target.CLASSES, 0, x -> x[1] > 0);
        MetaFeatureBuilder after = table(Target.CLASSES, 1, x -> x[1] > 0);

        // when
        Map<String, Double> moved = after.metaFeatures(before);
        Map<String, Double> still = before.metaFeatures(before);

        // then
        assertThat(moved.get("driftMax")).isCloseTo(0.38 - Math.sqrt(2.0 / 1500), within(0.04));
        assertThat(moved.get("driftMean")).isLessThan(moved.get("driftMax"));
        assertThat(moved.get("driftTarget")).isZero();
        assertThat(moved.get("driftRows")).isZero();
        assertThat(still.get("driftMax")).isZero();
        assertThat(after.metaFeatures()).doesNotContainKey("driftMax");
    }

    @Test
    void categoriesThatAreNewAndColumnsThatAreGoneAreNoObstacle() {
        // given
        MetaFeatureBuilder before = new MetaFeatureBuilder(Target.CLASSES, 1);
        MetaFeatureBuilder after = new MetaFeatureBuilder(Target.CLASSES, 1);
        for (int i = 0; i < 200; i++) {
            before.add(Map.of("kind", "a", "gone", i), i % 2);
            after.add(Map.of("kind", i % 2 == 0 ? "a" : "b", "added", i), i % 4 == 0 ? 1 : 0);
        }

        // when
        Map<String, Double> found = after.metaFeatures(before);

        // then: half of the rows, less chance
        assertThat(found.get("driftMean")).isCloseTo(0.5 - 0.1, within(1e-9));
        assertThat(found.get("driftTarget")).isCloseTo(0.25 - 0.1, within(1e-9));
        assertThat(after.metaFeatures(new MetaFeatureBuilder(Target.CLASSES, 1)))
                .doesNotContainKey("driftMax");
    }
}
