package io.homeostat.drift.statistics.twosample;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.drift.statistics.profile.BinEdges;
import io.homeostat.drift.statistics.profile.CategoricalProfile;
import io.homeostat.drift.statistics.profile.FeatureProfile;
import io.homeostat.drift.statistics.profile.NumericProfile;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every test of categories keeps: six of them, later a fifth of the rows goes from one to another. */
abstract class CategoricalTestContract extends TwoSampleTestContract {
    @Override
    FeatureProfile empty(long seed) {
        return new CategoricalProfile();
    }

    @Override
    void add(FeatureProfile profile, Random random, boolean changed) {
        int kind = random.nextInt(6);
        boolean moves = changed && random.nextDouble() < 0.6 && kind < 2;
        ((CategoricalProfile) profile).add("c" + (moves ? 5 : kind));
    }

    @Override
    FeatureProfile incomparable() {
        return new NumericProfile(BinEdges.none(), 1);
    }

    static CategoricalProfile zipf(int seed, int rows, int kinds) {
        Random random = new Random(seed);
        CategoricalProfile profile = new CategoricalProfile();
        for (int i = 0; i < rows; i++) {
            profile.add("c" + (int) Math.exp(random.nextDouble() * Math.log(kinds)));
        }
        return profile;
    }

    @Test
    void manyRareCategoriesMakeNoDifference() {
        int falseAlarms = 0;
        for (int seed = 0; seed < 100; seed++) {
            CategoricalProfile reference = zipf(seed, 5_000, 600);
            falseAlarms +=
                    create().test("c", reference, zipf(seed + 1_000, 500, 600)).pValue() < 0.001 ? 1 : 0;
        }
        assertThat(falseAlarms).isLessThanOrEqualTo(2);
    }

    @Test
    void aReferenceOfOneValueIsComparedWithItself() {
        CategoricalProfile reference = zipf(1, 1_000, 1);
        assertThat(create().test("c", reference, zipf(2, 1_000, 1)).verdict()).isEqualTo(Verdict.SAME);
    }
}
