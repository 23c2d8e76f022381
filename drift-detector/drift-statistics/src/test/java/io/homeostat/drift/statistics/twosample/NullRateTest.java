package io.homeostat.drift.statistics.twosample;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.drift.statistics.profile.BinEdges;
import io.homeostat.drift.statistics.profile.FeatureProfile;
import io.homeostat.drift.statistics.profile.NumericProfile;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NullRateTest extends TwoSampleTestContract {
    @Override
    TwoSampleTest create() {
        return new NullRate();
    }

    @Override
    TwoSampleTest create(double gate, long fewestRows) {
        return new NullRate(gate, fewestRows);
    }

    @Override
    FeatureProfile empty(long seed) {
        return new NumericProfile(BinEdges.none(), seed);
    }

    @Override
    void add(FeatureProfile profile, Random random, boolean changed) {
        if (random.nextDouble() < (changed ? 0.25 : 0.1)) {
            profile.addNull();
        } else {
            ((NumericProfile) profile).add(random.nextGaussian());
        }
    }

    @Override
    @Nullable
    FeatureProfile incomparable() {
        return null;
    }

    @Override
    boolean looksAtMissing() {
        return true;
    }

    @Test
    void theExampleIsTrue() {
        NumericProfile reference = new NumericProfile(BinEdges.none(), 1);
        NumericProfile window = new NumericProfile(BinEdges.none(), 2);
        for (int i = 0; i < 1_000; i++) {
            reference.add(i);
            if (i < 100) {
                window.addNull();
            } else {
                window.add(i);
            }
        }
        TwoSampleResult result = create().test("x", reference, window);
        assertThat(result.statistic()).isCloseTo(10.26, Offset.offset(0.01));
        assertThat(result.effect()).isEqualTo(0.1);
        assertThat(result.reason()).isEqualTo("missing in 10.0 % of rows, before 0.0 %");
    }
}
