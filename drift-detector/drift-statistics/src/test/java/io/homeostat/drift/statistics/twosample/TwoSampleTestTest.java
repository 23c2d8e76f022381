package io.homeostat.drift.statistics.twosample;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.drift.statistics.profile.BinEdges;
import io.homeostat.drift.statistics.profile.CategoricalProfile;
import io.homeostat.drift.statistics.profile.NumericProfile;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TwoSampleTestTest {
    private static NumericProfile normal(int seed, int n, double shift) {
        Random random = new Random(seed);
        BinEdges edges = BinEdges.of(-9, -1.3, -.8, -.5, -.25, 0, .25, .5, .8, 1.3, 9);
        NumericProfile profile = new NumericProfile(edges, seed);
        for (int i = 0; i < n; i++) {
            profile.add(random.nextGaussian() + shift);
        }
        return profile;
    }

    private static CategoricalProfile categories(int seed, int n, int kinds, double extra) {
        Random random = new Random(seed);
        CategoricalProfile profile = new CategoricalProfile();
        for (int i = 0; i < n; i++) {
            profile.add(random.nextDouble() < extra ? "fresh" : "c" + random.nextInt(kinds));
        }
        return profile;
    }

    @Test
    void sayNothingFalseWithoutDriftAndFindHalfASigma() {
        for (TwoSampleTest test : new TwoSampleTest[] {new PopulationStabilityIndex(), new KolmogorovSmirnov()}) {
            int falseAlarms = 0;
            for (int seed = 0; seed < 100; seed++) {
                NumericProfile reference = normal(seed, 4_000, 0);
                Verdict same =
                        test.test("x", reference, normal(1_000 + seed, 300, 0)).verdict();
                falseAlarms += same == Verdict.DIFFERENT ? 1 : 0;
                assertThat(test.test("x", reference, normal(2_000 + seed, 1_000, 0.6))
                                .verdict())
                        .isEqualTo(Verdict.DIFFERENT);
            }
            assertThat(falseAlarms).as(test.name()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void categoriesAreComparedWhateverTheSizesAndNewOnesAreNamed() {
        ChiSquareHomogeneity test = new ChiSquareHomogeneity();
        CategoricalProfile reference = categories(1, 20_000, 6, 0);
        int falseAlarms = 0;
        for (int seed = 2; seed < 102; seed++) {
            falseAlarms +=
                    test.test("c", reference, categories(seed, 500, 6, 0)).verdict() == Verdict.DIFFERENT ? 1 : 0;
        }
        TwoSampleResult fresh = test.test("c", reference, categories(3, 500, 6, 0.2));
        assertThat(falseAlarms).isZero();
        assertThat(fresh.verdict()).isEqualTo(Verdict.DIFFERENT);
        assertThat(fresh.reason()).contains("new ones such as 'fresh'");
    }

    @Test
    void missingValuesAreComparedAndFewRowsAreAVerdictOfTheirOwn() {
        NumericProfile reference = normal(1, 1_000, 0);
        NumericProfile window = normal(2, 900, 0);
        for (int i = 0; i < 100; i++) {
            window.addNull();
        }
        assertThat(new NullRate().test("x", reference, window).verdict()).isEqualTo(Verdict.DIFFERENT);
        assertThat(new NullRate().test("x", reference, reference).verdict()).isEqualTo(Verdict.SAME);
        assertThat(new KolmogorovSmirnov()
                        .test("x", reference, normal(1, 50, 3))
                        .verdict())
                .isEqualTo(Verdict.TOO_FEW_ROWS);
        assertThat(new PopulationStabilityIndex()
                        .test("x", reference, new NumericProfile(BinEdges.none(), 1))
                        .verdict())
                .isEqualTo(Verdict.NOT_COMPARABLE);
    }
}
