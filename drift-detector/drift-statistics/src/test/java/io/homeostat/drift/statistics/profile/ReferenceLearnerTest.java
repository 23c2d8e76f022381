package io.homeostat.drift.statistics.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.season.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReferenceLearnerTest {
    private static final Schema SCHEMA = new Schema(Map.of("x", FeatureType.NUMERIC, "c", FeatureType.CATEGORICAL));
    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

    private final ReferenceLearner learner = new ReferenceLearner(SCHEMA, Task.BINARY, "v7");

    private static Optional<Reference> reference(ReferenceLearner learner, long rows, Duration time) {
        return learner.reference(rows, time, ZoneOffset.UTC, Duration.ofHours(1), true);
    }

    /** Rows a minute apart. */
    private static RowSample rows(int seed, Instant from, int many) {
        RowSample sample = new RowSample(SCHEMA, seed);
        Random random = new Random(seed);
        for (int i = 0; i < many; i++) {
            Map<String, Object> row = Map.of("x", random.nextGaussian(), "c", "c" + random.nextInt(3));
            sample.add(from.plus(Duration.ofMinutes(i)), row, random.nextDouble(), "1");
        }
        return sample;
    }

    @Test
    void waitsForRowsAndForTime() {
        // given
        for (int hour = 0; hour < 7 * 24; hour++) {
            learner.add(rows(hour, START.plus(Duration.ofHours(hour)), 60));
        }
        assertThat(reference(learner, 1_000, Duration.ofDays(7))).isEmpty();
        assertThat(reference(learner, 20_000, Duration.ofDays(1))).isEmpty();
        // when
        learner.add(rows(999, START.plus(Duration.ofDays(7)), 1));
        // then
        Reference reference = reference(learner, 1_000, Duration.ofDays(7)).orElseThrow();
        assertThat(reference.modelVersion()).isEqualTo("v7");
        assertThat(reference.profile().rows()).isEqualTo(7 * 1_440 + 1);
        assertThat(reference.profile().from()).isEqualTo(START);
        assertThat(reference.profile().score().values()).isEqualTo(7 * 1_440 + 1);
        assertThat(reference.season().orElseThrow().slots().level()).isEqualTo(Level.HOUR_OF_WEEK);
        assertThat(reference.error()).isEmpty();
        // 2,000 of 168 hours
        Instant monday = START.plus(Duration.ofDays(28));
        assertThat(reference
                        .rowsFor(reference.emptyProfile(monday, monday.plus(Duration.ofHours(3))))
                        .orElseThrow()
                        .rows())
                .hasSizeBetween(15, 60)
                .allSatisfy(row -> assertThat(Instant.ofEpochMilli(row.order()).getEpochSecond() / 3_600 % 168)
                        .isBetween(96L, 98L));
    }

    @Test
    void partitionsInAnyOrderAndACopyInBetweenGiveTheSameReference() {
        // given
        ReferenceLearner other = new ReferenceLearner(SCHEMA, Task.BINARY, "v7");
        // when
        for (int part = 0; part < 10; part++) {
            learner.add(rows(part, START.plus(Duration.ofHours(part)), 3_000));
            other = ReferenceLearner.fromBytes(other.toBytes());
            other.add(rows(9 - part, START.plus(Duration.ofHours(9 - part)), 3_000));
        }
        // then
        assertThat(learner.rows()).isEqualTo(30_000);
        Reference one = reference(learner, 1, Duration.ZERO).orElseThrow();
        assertThat(reference(other, 1, Duration.ZERO).orElseThrow().toBytes()).isEqualTo(one.toBytes());
        assertThat(one.profile().rows()).isBetween(15_000L, 20_000L);
    }

    @Test
    void holdsFewerRowsOfManyFeatures() {
        // given
        Map<String, FeatureType> many = new LinkedHashMap<>();
        for (int i = 0; i < 198; i++) {
            many.put("f" + i, FeatureType.NUMERIC);
        }
        Schema wide = new Schema(many);
        ReferenceLearner learnerOfMany = new ReferenceLearner(wide, Task.BINARY, "v7");
        // when
        for (int part = 0; part < 2; part++) {
            RowSample sample = new RowSample(wide, part);
            for (int i = 0; i < 2_000; i++) {
                sample.add(START.plusSeconds(i), Map.of("f1", 1.0 * i), null, null);
            }
            learnerOfMany.add(sample);
        }
        // then
        assertThat(reference(learnerOfMany, 4_000, Duration.ZERO)
                        .orElseThrow()
                        .profile()
                        .rows())
                .isEqualTo(2_000);
        assertThat(learnerOfMany.toBytes().length).isLessThan(3_600_000);
    }

    @Test
    void refusesRowsOfOtherFeatures() {
        RowSample other = new RowSample(new Schema(Map.of("y", FeatureType.NUMERIC)), 1);
        assertThatThrownBy(() -> learner.add(other)).hasMessageContaining("cannot be merged");
    }
}
