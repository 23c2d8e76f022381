package io.homeostat.drift.statistics.twosample;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.drift.statistics.profile.CategoricalProfile;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TotalVariationTest extends NumericTestContract {
    @Override
    TwoSampleTest create() {
        return new TotalVariation();
    }

    @Override
    TwoSampleTest create(double gate, long fewestRows) {
        return new TotalVariation(gate, fewestRows);
    }

    @Override
    boolean looksAtMissing() {
        return true;
    }

    private static CategoricalProfile ab(int a, int b) {
        CategoricalProfile profile = new CategoricalProfile();
        for (int i = 0; i < a + b; i++) {
            profile.add(i < a ? "a" : "b");
        }
        return profile;
    }

    @Test
    void theExampleIsTrue() {
        TwoSampleResult result = create().test("c", ab(500, 500), ab(600, 400));
        assertThat(result.statistic()).isCloseTo(.1, Offset.offset(1e-9));
        assertThat(result.effect()).isCloseTo(.1, Offset.offset(.0005));
        assertThat(result.pValue()).isCloseTo(7.5e-6, Offset.offset(1e-6));
    }
}
