package io.homeostat.drift.statistics.twosample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.drift.statistics.profile.BinEdges;
import io.homeostat.drift.statistics.profile.CategoricalProfile;
import io.homeostat.drift.statistics.profile.FeatureProfile;
import io.homeostat.drift.statistics.profile.NumericProfile;
import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** What every test of numbers keeps: a normal variable, later shifted by .6 σ. */
abstract class NumericTestContract extends TwoSampleTestContract {
    private static final BinEdges EDGES = BinEdges.of(-9, -1.3, -.8, -.5, -.25, 0, .25, .5, .8, 1.3, 9);

    @Override
    FeatureProfile empty(long seed) {
        return new NumericProfile(EDGES, seed);
    }

    @Override
    void add(FeatureProfile profile, Random random, boolean changed) {
        ((NumericProfile) profile).add(random.nextGaussian() + (changed ? 0.6 : 0));
    }

    @Override
    FeatureProfile incomparable() {
        return new CategoricalProfile();
    }

    static NumericProfile of(NumericProfile profile, double... values) {
        Arrays.stream(values).forEach(profile::add);
        return profile;
    }

    static NumericProfile ofOneValue(double value, int rows, BinEdges edges) {
        double[] values = new double[rows];
        Arrays.fill(values, value);
        return of(new NumericProfile(edges, 1), values);
    }

    static NumericProfile reference(int seed, int rows, ToDoubleFunction<Random> draw) {
        double[] values = new Random(seed).doubles(rows).map(x -> x).toArray();
        Random random = new Random(seed);
        Arrays.setAll(values, i -> draw.applyAsDouble(random));
        return of(new NumericProfile(BinEdges.ofQuantiles(values, 10), seed), values);
    }

    @Test
    void aReferenceOfOneValueIsComparedWithItselfAndWithAnother() {
        BinEdges edges = BinEdges.ofQuantiles(new double[] {5, 5, 5}, 10);
        NumericProfile reference = ofOneValue(5, 1_000, edges);
        assertThat(create().test("x", reference, ofOneValue(5, 1_000, edges)).verdict())
                .isEqualTo(Verdict.SAME);
        assertThat(create().test("x", reference, ofOneValue(7, 1_000, edges)).verdict())
                .isEqualTo(Verdict.DIFFERENT);
        NumericProfile almost = of(ofOneValue(5, 999, edges), 6);
        assertThat(create().test("x", reference, almost).verdict()).isEqualTo(Verdict.SAME);
    }

    @Test
    void binsLearntFromTheReferenceDoNotMakeADifference() {
        int falseAlarms = 0;
        for (int seed = 0; seed < 200; seed++) {
            NumericProfile reference = reference(seed, 400, r -> Math.exp(r.nextGaussian()));
            NumericProfile window = reference.emptyCopy(seed + 10_000L);
            Random random = new Random(seed + 10_000L);
            for (int i = 0; i < 2_000; i++) {
                window.add(Math.exp(random.nextGaussian()));
            }
            falseAlarms += create().test("x", reference, window).pValue() < 0.001 ? 1 : 0;
        }
        assertThat(falseAlarms).isLessThanOrEqualTo(2);
    }

    @Test
    void infinitiesNeverComeIntoAProfile() {
        assertThatThrownBy(() -> of(new NumericProfile(EDGES, 1), Double.POSITIVE_INFINITY))
                .hasMessageContaining("Infinity");
        NumericProfile extreme = ofOneValue(Double.MAX_VALUE, 300, EDGES);
        NumericProfile reference = ofOneValue(-Double.MAX_VALUE, 300, EDGES);
        assertThat(create().test("x", reference, extreme).verdict()).isEqualTo(Verdict.DIFFERENT);
    }
}
