package io.homeostat.drift.statistics.twosample;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.drift.statistics.profile.CategoricalProfile;
import io.homeostat.drift.statistics.profile.FeatureProfile;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class NewCategoriesTest extends CategoricalTestContract {
    @Override
    TwoSampleTest create() {
        return new NewCategories();
    }

    @Override
    TwoSampleTest create(double gate, long fewestRows) {
        return new NewCategories(gate, fewestRows);
    }

    @Override
    void add(FeatureProfile profile, Random random, boolean changed) {
        boolean fresh = changed && random.nextDouble() < 0.05;
        ((CategoricalProfile) profile).add(fresh ? "fresh" : "c" + random.nextInt(6));
    }

    @Override
    boolean isSymmetric() {
        return false;
    }

    private static CategoricalProfile rows(int known, int fresh) {
        CategoricalProfile profile = new CategoricalProfile();
        for (int i = 0; i < known + fresh; i++) {
            profile.add(i < known ? "a" : "new" + i % 3);
        }
        return profile;
    }

    @Test
    void theExampleIsTrue() {
        TwoSampleResult result = create().test("c", rows(5_000, 0), rows(490, 10));
        assertThat(result.pValue()).isCloseTo(Math.pow(11, -10), Offset.offset(1e-15));
        assertThat(result.effect()).isEqualTo(0.02);
        assertThat(result.statistic()).isCloseTo(10.41, Offset.offset(0.01));
        assertThat(result.reason())
                .isEqualTo("2.00 % of rows have new categories, about 0.00 % expected"
                        + ", 10 rows of 3 new ones such as 'new0'");
    }

    @Test
    void identifiersThatAreNewInEveryRowWereSoInTheReferenceToo() {
        CategoricalProfile reference = new CategoricalProfile(1_000);
        CategoricalProfile window = new CategoricalProfile(1_000);
        for (int i = 0; i < 900; i++) {
            reference.add("id" + i);
            window.add("id" + (i + 900));
        }
        assertThat(create().test("c", reference, window).verdict()).isEqualTo(Verdict.SAME);
        reference.merge(window); // 1,800 kinds, of which 1,000 are counted
        assertThat(create().test("c", reference, window).verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
    }
}
