package io.homeostat.meta.metafeature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MetaFeatureBuilderTest {
    private static final Offset<Double> EXACT = within(1e-12);

    @Test
    void countsOfASmallTableAreExact() {
        // given
        MetaFeatureBuilder builder = new MetaFeatureBuilder(Target.CLASSES, 1);

        // when
        builder.add(row("age", 1.0, "job", "cook"), "yes");
        builder.add(row("age", 2.0, "job", "clerk"), "yes");
        builder.add(row("age", null, "job", "cook"), "yes");
        builder.add(row("age", 9.0, "job", "cook"), "no");
        Map<String, Double> found = builder.metaFeatures();

        // then
        assertThat(found.get("logRows")).isCloseTo(Math.log(4), EXACT);
        assertThat(found.get("logColumns")).isCloseTo(Math.log(2), EXACT);
        assertThat(found.get("logNumeric")).isCloseTo(Math.log(2), EXACT);
        assertThat(found.get("logCategorical")).isCloseTo(Math.log(2), EXACT);
        assertThat(found.get("missingShare")).isCloseTo(1 / 8.0, EXACT);
        assertThat(found.get("logCardinality")).isCloseTo(Math.log(2), EXACT);
        assertThat(found.get("logClasses")).isCloseTo(Math.log(2), EXACT);
        assertThat(found.get("classImbalance")).isCloseTo(Math.log(3), EXACT);
        assertThat(found.get("classEntropy"))
                .isCloseTo(-(.75 * Math.log(.75) + .25 * Math.log(.25)) / Math.log(2), EXACT);
        assertThat(found).doesNotContainKeys("informationMean", "correlationMean", "targetSkewness");
        assertThat(List.copyOf(found.keySet())).isSorted();
    }

    @Test
    void momentsOfSmallColumnsAreExact() {
        // given
        MetaFeatureBuilder builder = new MetaFeatureBuilder(Target.NUMBERS, 1);

        // when
        for (double[] v : new double[][] {{0, 1, 0}, {0, 2, 0}, {0, 3, 0}, {10, 4, 10}}) {
            builder.add(row("a", v[0], "b", v[1]), v[2]);
        }
        Map<String, Double> found = builder.metaFeatures();

        // then: a has skewness 2/√3 and excess kurtosis −2/3, b has 0 and −1.36
        double skewness = 2 / Math.sqrt(3);
        assertThat(found.get("skewnessMean")).isCloseTo(skewness / 2, EXACT);
        assertThat(found.get("skewnessSd")).isCloseTo(skewness / 2, EXACT);
        assertThat(found.get("kurtosisMean")).isCloseTo((-2 / 3.0 - 1.36) / 2, EXACT);
        assertThat(found.get("kurtosisSd")).isCloseTo((1.36 - 2 / 3.0) / 2, EXACT);
        assertThat(found.get("targetSkewness")).isCloseTo(skewness, EXACT);
        assertThat(found.get("targetKurtosis")).isCloseTo(-2 / 3.0, EXACT);
        assertThat(found.get("correlationMean")).isCloseTo(15 / Math.sqrt(75 * 5), EXACT);
        assertThat(found).doesNotContainKeys("logClasses", "classEntropy");
    }

    @Test
    void outliersAreCountedBeyondTheFences() {
        // given
        MetaFeatureBuilder builder = new MetaFeatureBuilder(Target.CLASSES, 1);

        // when
        for (double x : new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 100}) {
            builder.add(row("a", x, "constant", 0.1), "c");
        }

        // then: the quartiles of "constant" are equal, it is left out
        assertThat(builder.metaFeatures()).containsEntry("outlierShare", .1);
    }

    @Test
    void aColumnThatIsTheTargetCarriesAllItsInformation() {
        // given
        MetaFeatureBuilder builder = new MetaFeatureBuilder(Target.CLASSES, 1);

        // when
        for (int i = 0; i < 400; i++) {
            builder.add(row("same", (double) (i % 2), "text", i % 2 == 0 ? "even" : "odd", "none", i / 2 % 2), i % 2);
        }
        Map<String, Double> found = builder.metaFeatures();

        // then: each entropy is corrected by (bins − 1) / 2n
        double all = Math.log(2) + 1 / 800.0;
        assertThat(found.get("informationMax")).isCloseTo(all, EXACT);
        assertThat(found.get("informationMean")).isCloseTo(all * 2 / 3, EXACT);
    }

    @Test
    void aRegressionTargetIsBinned() {
        // given
        Random random = new Random(3);
        MetaFeatureBuilder builder = new MetaFeatureBuilder(Target.NUMBERS, 1);

        // when
        for (int i = 0; i < 1_600; i++) {
            double x = random.nextGaussian();
            builder.add(row("x", x, "noise", random.nextGaussian()), Math.exp(x));
        }
        Map<String, Double> found = builder.metaFeatures();

        // then: x tells the target's bin of eight
        assertThat(found.get("informationMax")).isCloseTo(Math.log(8), within(.01));
        assertThat(found.get("informationMean")).isCloseTo(Math.log(8) / 2, within(.02));
    }

    @Test
    void independentColumnsTellNothingOverManySeeds() {
        for (long seed = 0; seed < 20; seed++) {
            // given
            Random random = new Random(seed);
            MetaFeatureBuilder builder = new MetaFeatureBuilder(Target.CLASSES, seed);

            // when
            for (int i = 0; i < 2_000; i++) {
                builder.add(
                        row("a", random.nextGaussian(), "b", random.nextGaussian(), "c", "k" + random.nextInt(10)),
                        random.nextInt(4));
            }

            // then: uncorrected it would be about (7 · 3) / 4000 = .005
            assertThat(builder.metaFeatures().get("informationMean")).isBetween(0.0, .004);
            assertThat(builder.metaFeatures().get("correlationMean")).isLessThan(.1);
        }
    }

    @Test
    void mergedPartsSayWhatTheWholeSaysOverManySeeds() {
        for (long seed = 0; seed < 20; seed++) {
            // given
            Random random = new Random(seed);
            Target target = seed % 2 == 0 ? Target.CLASSES : Target.NUMBERS;
            Limits limits = new Limits(100, 50, 5);
            int rows = 50 + random.nextInt(2_000);
            int cut = random.nextInt(rows);
            MetaFeatureBuilder whole = new MetaFeatureBuilder(target, seed, limits, 0);
            MetaFeatureBuilder left = new MetaFeatureBuilder(target, seed, limits, 0);
            MetaFeatureBuilder right = new MetaFeatureBuilder(target, seed, limits, cut);
            for (int i = 0; i < rows; i++) {
                Map<String, Object> row = messyRow(random);
                Object label = random.nextInt(10) == 0 ? null : (double) random.nextInt(seed % 4 == 0 ? 5 : 8);
                whole.add(row, label);
                (i < cut ? left : right).add(row, label);
            }

            // when
            Map<String, Double> merged = seed % 3 == 0
                    ? right.merge(left).metaFeatures()
                    : left.merge(right).metaFeatures();

            // then
            Map<String, Double> expected = whole.metaFeatures();
            assertThat(merged.keySet()).isEqualTo(expected.keySet());
            merged.forEach((name, value) -> assertThat(value).as(name).isCloseTo(expected.get(name), within(1e-8)));
        }
    }

    @Test
    void aMergedBuilderGoesOnBehindTheLastRow() {
        // given
        MetaFeatureBuilder left = new MetaFeatureBuilder(Target.CLASSES, 1);
        MetaFeatureBuilder right = new MetaFeatureBuilder(Target.CLASSES, 1, Limits.DEFAULT, 1);
        left.add(row("a", 1.0), "x");
        right.add(row("a", 2.0), "y");

        // when
        left.merge(right).add(row("a", 3.0), "x");

        // then
        assertThat(left.rows()).isEqualTo(3);
        assertThat(right.rows()).isEqualTo(1);
        assertThat(left.metaFeatures()).containsEntry("skewnessMean", 0.0);
    }

    @Test
    void everyValueIsFiniteWhateverComes() {
        // given
        Object[] poison = {
            null,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            -Double.MAX_VALUE,
            Double.MAX_VALUE,
            Double.MIN_VALUE,
            -0.0,
            "",
            "NaN",
            "1e9",
            true,
            7,
            "x".repeat(10_000)
        };
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            MetaFeatureBuilder builder = new MetaFeatureBuilder(seed % 2 == 0 ? Target.CLASSES : Target.NUMBERS, seed);
            for (int i = 0; i < random.nextInt(60); i++) {
                builder.add(
                        row("a", poison[random.nextInt(poison.length)], "b", poison[random.nextInt(poison.length)]),
                        poison[random.nextInt(poison.length)]);
            }

            // when
            Map<String, Double> found = builder.metaFeatures();

            // then
            assertThat(found.values()).allMatch(Double::isFinite);
            assertThat(found.getOrDefault("missingShare", 0.0)).isBetween(0.0, 1.0);
        }
    }

    @Test
    void labelsOfAnotherKindAreNotCompared() {
        // given
        MetaFeatureBuilder numbers = new MetaFeatureBuilder(Target.NUMBERS, 1);
        MetaFeatureBuilder classes = new MetaFeatureBuilder(Target.CLASSES, 1);
        for (int i = 0; i < 20; i++) {
            numbers.add(row("a", i, "b", "x"), i % 2);
            classes.add(row("a", i, "b", "x"), i % 2);
        }

        // when
        Map<String, Double> found = classes.metaFeatures(numbers);

        // then
        assertThat(found).containsKey("driftMean").doesNotContainKey("driftTarget");
    }

    @Test
    void withoutRowsOrColumnsThereIsNothingToSay() {
        // given
        MetaFeatureBuilder empty = new MetaFeatureBuilder(Target.CLASSES, 1);
        MetaFeatureBuilder columnless = new MetaFeatureBuilder(Target.CLASSES, 1).add(Map.of(), "a");

        // when, then
        assertThat(empty.metaFeatures()).isEmpty();
        assertThat(columnless.metaFeatures()).isEmpty();
    }

    @Test
    void aSingleBrokenValueDoesNotTurnTheColumnCategorical() {
        // given
        MetaFeatureBuilder builder = new MetaFeatureBuilder(Target.CLASSES, 1);

        // when
        for (double x : new double[] {1, 2, 3}) {
            builder.add(row("a", x), "c");
        }
        builder.add(row("a", "broken"), "c");

        // then
        assertThat(builder.metaFeatures())
                .containsEntry("logCategorical", 0.0)
                .containsEntry("missingShare", .25)
                .doesNotContainKey("logCardinality");
    }

    @Test
    void theSameClassWrittenInThreeWaysIsOneClass() {
        // given
        MetaFeatureBuilder builder = new MetaFeatureBuilder(Target.CLASSES, 1);

        // when
        List.of(1, 1.0, "1", 0).forEach(label -> builder.add(row("a", 1.0), label));

        // then
        assertThat(builder.metaFeatures()).containsEntry("classImbalance", Math.log(3));
    }

    @Test
    void tooManyClassesHaveACountButNoEntropy() {
        // given
        MetaFeatureBuilder builder = new MetaFeatureBuilder(Target.CLASSES, 1, new Limits(10, 10, 3), 0);

        // when
        for (int i = 0; i < 40; i++) {
            builder.add(row("a", 1.0), i % 4);
        }

        // then
        assertThat(builder.metaFeatures())
                .containsEntry("logClasses", Math.log(4))
                .doesNotContainKeys("classEntropy", "classImbalance");
    }

    @Test
    void manyDistinctValuesAreEstimatedWithinTenPercent() {
        // given
        MetaFeatureBuilder builder = new MetaFeatureBuilder(Target.CLASSES, 1);

        // when
        for (int i = 0; i < 40_000; i++) {
            builder.add(row("a", "id-" + i % 20_000), "c");
        }

        // then
        assertThat(Math.exp(builder.metaFeatures().get("logCardinality"))).isCloseTo(20_000, within(2_000.0));
    }

    @Test
    void aRowThatIsRefusedIsNotCounted() {
        // given
        MetaFeatureBuilder builder = new MetaFeatureBuilder(Target.CLASSES, 1, new Limits(10, 2, 5), 0);
        builder.add(row("a", 1.0, "b", 2.0), "x");
        Map<String, Double> before = builder.metaFeatures();

        // when, then
        assertThatThrownBy(() -> builder.add(row("a", 1.0, "c", 3.0), "x"))
                .hasMessage("columns: 3 are more than 2. Name the features to use, or raise limits.columns.");
        assertThatThrownBy(() -> builder.add(Map.of("a", List.of(1)), "x"))
                .hasMessageStartingWith("row.a: a list is neither a number nor a text.");
        assertThatThrownBy(() -> builder.add(row("a", 1.0), List.of()))
                .hasMessageStartingWith("label: a list is neither");
        assertThat(builder.metaFeatures()).isEqualTo(before);
    }

    @Test
    void buildersOfDifferentKindsDoNotMerge() {
        // given
        MetaFeatureBuilder one = new MetaFeatureBuilder(Target.CLASSES, 1);

        // when, then
        assertThatThrownBy(() -> one.merge(new MetaFeatureBuilder(Target.CLASSES, 2)))
                .hasMessageContaining("seed 1")
                .hasMessageContaining("seed 2");
        assertThatThrownBy(() -> new Limits(5, 10, 10)).hasMessage("limits.sampleRows: 5 is not in 10 to 100000.");
    }

    private static Map<String, Object> messyRow(Random random) {
        Map<String, Object> row = new HashMap<>();
        row.put("normal", random.nextGaussian());
        row.put("skewed", Math.exp(random.nextGaussian()));
        row.put("few", random.nextInt(5) == 0 ? null : "k" + random.nextInt(4));
        row.put("many", "id" + random.nextInt(5_000));
        row.put("mixed", random.nextBoolean() ? (Object) random.nextDouble() : "t" + random.nextInt(3));
        if (random.nextInt(50) == 0) {
            row.put("rare", 1e6 + random.nextInt(3));
        }
        return row;
    }

    private static Map<String, Object> row(Object... pairs) {
        Map<String, Object> row = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            row.put((String) pairs[i], pairs[i + 1]);
        }
        return Collections.unmodifiableMap(row);
    }

    @Test
    void everyMetaFeatureHasItsOwnName() {
        // given, when, then
        assertThat(Arrays.stream(MetaFeature.values()).map(MetaFeature::key)).doesNotHaveDuplicates();
    }
}
