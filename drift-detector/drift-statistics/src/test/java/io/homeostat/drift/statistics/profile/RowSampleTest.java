package io.homeostat.drift.statistics.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowSampleTest {
    private static final Schema SCHEMA = new Schema(Map.of("x", FeatureType.NUMERIC));

    private static RowSample sample(long seed, int from, int to) {
        RowSample sample = new RowSample(SCHEMA, 100, seed);
        for (int i = from; i < to; i++) {
            sample.add(Map.of("x", i));
        }
        return sample;
    }

    private static double mean(RowSample sample) {
        return sample.rows().stream()
                .mapToDouble(row -> row.number(0))
                .average()
                .orElseThrow();
    }

    @Test
    void everyRowIsAsLikelyAsAnyOther() {
        double means = 0;
        for (int seed = 0; seed < 200; seed++) {
            means += mean(sample(seed, 0, 2_000)) / 200;
        }
        // the standard error is 2000 / √12 / √100 / √200 = 4
        assertThat(means).isBetween(999.5 - 12, 999.5 + 12);
    }

    @Test
    void mergingIsAssociativeAndDoesNotDependOnTheOrderButForItsCoin() {
        RowSample left = sample(1, 0, 500);
        left.merge(sample(2, 500, 1_000));
        left.merge(sample(3, 1_000, 1_500));
        RowSample right = sample(2, 500, 1_000);
        right.merge(sample(3, 1_000, 1_500));
        RowSample all = sample(1, 0, 500);
        all.merge(right);
        assertThat(all.toBytes()).isEqualTo(left.toBytes());
        right.merge(sample(1, 0, 500));
        assertThat(right.rows()).isEqualTo(left.rows());
        assertThat(left.seen()).isEqualTo(1_500);
        assertThat(left.size()).isEqualTo(100);
    }

    @Test
    void goesOnFromItsBytesAsIfNothingHadHappened() {
        RowSample straight = sample(5, 0, 700);
        RowSample restored = RowSample.fromBytes(sample(5, 0, 400).toBytes());
        for (int i = 400; i < 700; i++) {
            restored.add(Map.of("x", i));
        }
        assertThat(restored.toBytes()).isEqualTo(straight.toBytes());
    }

    @Test
    void aMergeOfDifferentLimitsIsStillASampleOfAllRows() {
        // given: of 0..1000 at most 20, of 1000..1100 all
        double means = 0;
        long kept = 0;
        for (int seed = 0; seed < 400; seed++) {
            RowSample few = new RowSample(SCHEMA, 20, 2L * seed);
            for (int i = 0; i < 1_000; i++) {
                few.add(Map.of("x", i));
            }
            // when
            RowSample all = sample(2L * seed + 1, 1_000, 1_100);
            all.merge(few);
            // then
            means += mean(all) / 400;
            kept += all.size();
        }
        // 22 of 1100 rows each: the standard error is 1100 / √12 / √22 / √400 = 3.4
        assertThat(means).isBetween(549.5 - 10, 549.5 + 10);
        assertThat(kept / 400.0).isBetween(21.0, 23.0);
    }

    @Test
    void aRowIsKeptWithItsTimeScoreAndPrediction() {
        // given
        RowSample sample = new RowSample(SCHEMA, 1);
        sample.add(Instant.ofEpochMilli(7), Map.of("x", 1.0), 0.5, "yes");
        sample.add(Instant.ofEpochMilli(3), Map.of(), null, null);
        // when
        RowSample copy = RowSample.fromBytes(sample.toBytes());
        // then
        assertThat(copy.rowsInOrder()).extracting(Row::order).containsExactly(3L, 7L);
        Row row = copy.rowsInOrder().get(1);
        assertThat(row.number(0)).isEqualTo(1);
        assertThat(row.number(1)).isEqualTo(.5);
        assertThat(row.text(0)).isEqualTo("yes");
        assertThat(copy.rowsInOrder().get(0).number(0)).isNaN();
        assertThat(copy.first()).isEqualTo(Instant.ofEpochMilli(3));
        assertThat(copy.timed()).isTrue();
    }

    @Test
    void refusesTextsInNumbersAndOtherFeatures() {
        RowSample sample = sample(1, 0, 3);
        byte[] before = sample.toBytes();
        assertThatThrownBy(() -> sample.add(Map.of("x", "three"))).hasMessageContaining("'three' is not a number");
        assertThat(sample.toBytes()).isEqualTo(before);
        RowSample other = new RowSample(new Schema(Map.of("y", FeatureType.NUMERIC)), 1);
        assertThatThrownBy(() -> sample.merge(other)).hasMessageContaining("[y] cannot be merged into [x]");
        assertThatThrownBy(() -> new RowSample(SCHEMA, 0, 1)).hasMessageContaining("limit: 0");
    }
}
