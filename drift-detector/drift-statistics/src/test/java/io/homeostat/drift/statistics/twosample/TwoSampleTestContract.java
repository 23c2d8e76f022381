package io.homeostat.drift.statistics.twosample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.drift.statistics.profile.FeatureProfile;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every two-sample test keeps. */
abstract class TwoSampleTestContract {
    private static final int SEEDS = 200;

    /** The test with its defaults, and with other ones. */
    abstract TwoSampleTest create();

    abstract TwoSampleTest create(double gate, long fewestRows);

    /** An empty profile of the shape that the test compares, with the bins or categories of everyday. */
    abstract FeatureProfile empty(long seed);

    /** Adds a row of everyday, or of a distribution clearly changed in the way the test looks for. */
    abstract void add(FeatureProfile profile, Random random, boolean changed);

    /** An empty profile of a shape that cannot be compared; null if all can. */
    abstract @Nullable FeatureProfile incomparable();

    /** Whether exchanging the samples keeps the statistic. */
    boolean isSymmetric() {
        return true;
    }

    /** Whether rows without a value are rows to the test. */
    boolean looksAtMissing() {
        return false;
    }

    private FeatureProfile sample(long seed, int rows, boolean changed) {
        FeatureProfile profile = empty(seed);
        fill(profile, new Random(seed), rows, changed);
        return profile;
    }

    private void fill(FeatureProfile profile, Random random, int rows, boolean changed) {
        for (int i = 0; i < rows; i++) {
            add(profile, random, changed);
        }
    }

    @Test
    void equalDistributionsAreRarelyCalledDifferentWhateverTheSizes() {
        for (int[] sizes : new int[][] {{200, 200}, {2_000, 300}, {300, 2_000}}) {
            int falseAlarms = 0;
            int smallPValues = 0;
            for (int seed = 0; seed < SEEDS; seed++) {
                TwoSampleResult result =
                        create().test("x", sample(3L * seed, sizes[0], false), sample(3L * seed + 1, sizes[1], false));
                falseAlarms += result.verdict() == Verdict.DIFFERENT ? 1 : 0;
                smallPValues += result.pValue() < 0.01 ? 1 : 0;
                assertThat(result.pValue()).isBetween(0.0, 1.0);
            }
            // of Binomial(200, .001) more than 2 has p = .001, of Binomial(200, .01) more than 7 has p = .001
            assertThat(falseAlarms).as("sizes %d %d", sizes[0], sizes[1]).isLessThanOrEqualTo(2);
            assertThat(smallPValues).as("sizes %d %d", sizes[0], sizes[1]).isLessThanOrEqualTo(7);
        }
    }

    @Test
    void aClearChangeIsFound() {
        for (int seed = 0; seed < 30; seed++) {
            // given
            FeatureProfile reference = sample(3L * seed, 4_000, false);
            // when
            TwoSampleResult result = create().test("x", reference, sample(3L * seed + 1, 1_000, true));
            // then
            assertThat(result.verdict()).as(result.reason()).isEqualTo(Verdict.DIFFERENT);
            assertThat(result.statistic()).isGreaterThan(result.threshold());
            assertThat(result.effect()).isGreaterThanOrEqualTo(create().effectGate());
            assertThat(result.pValue()).isLessThan(0.001);
            assertThat(result.n()).isEqualTo(4_000);
            assertThat(result.m()).isEqualTo(1_000);
        }
    }

    @Test
    void aGateAboveTheEffectKeepsAChangeFromMattering() {
        FeatureProfile reference = sample(1, 4_000, false);
        FeatureProfile window = sample(2, 1_000, true);
        double effect = create().test("x", reference, window).effect();
        assertThat(create(effect * 1.01, 200).test("x", reference, window).verdict())
                .isEqualTo(Verdict.SAME);
    }

    @Test
    void aSampleDoesNotDifferFromItself() {
        FeatureProfile profile = sample(1, 2_000, false);
        TwoSampleResult result = create().test("x", profile, profile);
        assertThat(result.verdict()).isEqualTo(Verdict.SAME);
        assertThat(result.effect()).isLessThan(0.02);
    }

    @Test
    void exchangedSamplesDifferAsMuch() {
        FeatureProfile one = sample(1, 1_500, false);
        FeatureProfile two = sample(2, 1_500, true);
        if (isSymmetric()) {
            double forth = create().test("x", one, two).statistic();
            assertThat(create().test("x", two, one).statistic()).isCloseTo(forth, Offset.offset(0.05 * forth));
        }
    }

    @Test
    void fewRowsOrNoneAreAVerdictOfTheirOwn() {
        FeatureProfile reference = sample(1, 1_000, false);
        assertThat(create().test("x", reference, sample(2, 199, true)).verdict())
                .isEqualTo(Verdict.TOO_FEW_ROWS);
        assertThat(create().test("x", reference, empty(2)).verdict()).isEqualTo(Verdict.TOO_FEW_ROWS);
        assertThat(create().test("x", empty(2), reference).reason())
                .isEqualTo("too few rows to say: reference 0, window 1000, at least 200 are needed");
    }

    @Test
    void aColumnThatIsMissingThroughoutIsFoundOrSaidToHaveTooFewRows() {
        FeatureProfile missing = empty(1);
        for (int i = 0; i < 500; i++) {
            missing.addNull();
        }
        FeatureProfile reference = sample(1, 1_000, false);
        Verdict expected = looksAtMissing() ? Verdict.DIFFERENT : Verdict.TOO_FEW_ROWS;
        assertThat(create().test("x", reference, missing).verdict()).isEqualTo(expected);
        assertThat(create().test("x", missing, missing).verdict()).isIn(Verdict.SAME, Verdict.TOO_FEW_ROWS);
    }

    @Test
    void otherShapesAreNotCompared() {
        FeatureProfile other = incomparable();
        if (other != null) {
            assertThat(create().test("x", sample(1, 500, false), other).verdict())
                    .isEqualTo(Verdict.NOT_COMPARABLE);
        }
    }

    @Test
    void mergedProfilesSayWhatOneProfileSays() {
        // given: few enough rows that sketches lose nothing
        FeatureProfile reference = sample(1, 380, false);
        FeatureProfile whole = empty(7);
        FeatureProfile left = empty(8);
        FeatureProfile right = empty(9);
        Random random = new Random(5);
        for (int i = 0; i < 380; i++) {
            long row = random.nextLong();
            add(whole, new Random(row), true);
            add(i % 3 == 0 ? left : right, new Random(row), true);
        }
        // when
        left.merge(right);
        TwoSampleResult one = create().test("x", reference, whole);
        TwoSampleResult merged = create().test("x", reference, left);
        // then
        assertThat(merged.statistic()).isCloseTo(one.statistic(), Offset.offset(1e-9 * (1 + one.statistic())));
        assertThat(merged.verdict()).isEqualTo(one.verdict());
        assertThat(merged.reason()).isEqualTo(one.reason());
    }

    @Test
    void refusesAGateOrANumberOfRowsThatIsNotPositive() {
        assertThatThrownBy(() -> create(0, 200)).hasMessageContaining("gate 0.0");
        assertThatThrownBy(() -> create(0.1, 0)).hasMessageContaining("fewest rows 0");
    }
}
