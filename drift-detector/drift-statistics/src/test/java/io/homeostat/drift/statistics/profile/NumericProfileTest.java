package io.homeostat.drift.statistics.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class NumericProfileTest {
    private static final BinEdges EDGES = BinEdges.of(-1, 0, 1);

    @Test
    void whoLooksInBetweenChangesNothing() {
        // given
        NumericProfile undisturbed = new NumericProfile(EDGES, 7);
        NumericProfile looked = new NumericProfile(EDGES, 7);
        Random values = new Random(1);
        Random looks = new Random(2);
        for (int i = 0; i < 20_000; i++) {
            double value = values.nextGaussian();
            // when
            undisturbed.add(value);
            looked.add(value);
            if (looks.nextInt(50) == 0) {
                looked.mean();
                looked.counts();
                looked.sketch().quantile(0.5);
                looked = looks.nextBoolean() ? looked : NumericProfile.fromBytes(looked.toBytes());
            }
            assertThat(looked.rows()).isEqualTo(i + 1);
        }
        // then
        assertThat(looked.toBytes()).isEqualTo(undisturbed.toBytes());
        assertThat(undisturbed.counts()).containsExactly(counts(undisturbed));
    }

    /* The counts that the sketch expects are near; the sum is exact. */
    private static long[] counts(NumericProfile profile) {
        long[] counts = profile.counts();
        double below = 0;
        for (int bin = 0; bin < counts.length; bin++) {
            double upTo = bin < 3 ? profile.sketch().rank(EDGES.toArray()[bin]) : 1;
            assertThat(counts[bin] / 20_000.0).isBetween(upTo - below - 0.02, upTo - below + 0.02);
            below = upTo;
        }
        assertThat(counts[0] + counts[1] + counts[2] + counts[3]).isEqualTo(20_000);
        return counts;
    }

    @Test
    void whatIsNoNumberIsRefused() {
        // given
        NumericProfile profile = new NumericProfile(EDGES, 7);
        // then
        assertThatThrownBy(() -> profile.add(Double.NaN)).hasMessageContaining("NaN is not a finite number");
        assertThat(profile.rows()).isZero();
        assertThat(profile.counts()).containsOnly(0);
    }
}
