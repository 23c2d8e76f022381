package io.homeostat.drift.statistics.twosample;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.drift.statistics.profile.CategoricalProfile;
import io.homeostat.drift.statistics.profile.FeatureProfile;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class VanishedCategoriesTest extends CategoricalTestContract {
    @Override
    TwoSampleTest create() {
        return new VanishedCategories();
    }

    @Override
    TwoSampleTest create(double gate, long fewestRows) {
        return new VanishedCategories(gate, fewestRows);
    }

    @Override
    void add(FeatureProfile profile, Random random, boolean changed) {
        ((CategoricalProfile) profile).add("c" + random.nextInt(changed ? 5 : 6));
    }

    @Override
    boolean isSymmetric() {
        return false;
    }

    @Test
    void theExampleIsTrue() {
        CategoricalProfile reference = new CategoricalProfile();
        CategoricalProfile window = new CategoricalProfile();
        for (int i = 0; i < 1_000; i++) {
            reference.add("c" + i % 10);
            window.add("c" + i % 9);
        }
        TwoSampleResult result = create().test("c", reference, window);
        assertThat(result.pValue() / (10 * Math.pow(2, -100))).isCloseTo(1, Offset.offset(1e-9));
        assertThat(result.effect()).isEqualTo(0.1);
        assertThat(result.reason())
                .isEqualTo("1 of 10 categories, 10.00 % of the reference's rows, are gone, such as 'c9'");
    }
}
