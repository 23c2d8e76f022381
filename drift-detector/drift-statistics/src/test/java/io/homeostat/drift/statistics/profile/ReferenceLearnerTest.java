package io.homeostat.drift.statistics.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.season.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReferenceLearnerTest {
    private static final Schema SCHEMA = new Schema(Map.of("x", FeatureType.NUMERIC, "c", FeatureType.CATEGORICAL));
    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

    private static ReferenceLearner learner(long rows, Duration time) {
        return new ReferenceLearner(SCHEMA, Task.BINARY, "v7", rows, time, ZoneOffset.UTC, Duration.ofHours(1));
    }

    private static void add(ReferenceLearner learner, Random random, Instant time) {
        Map<String, Object> row = Map.of("x", random.nextGaussian(), "c", "c" + random.nextInt(3));
        learner.add(time, row, random.nextDouble(), "1", random.nextInt(10) == 0 ? 1.0 : 0.0);
    }

    @Test
    void waitsForRowsAndForTimeThenLooksAtNothingMore() {
        // given
        ReferenceLearner learner = learner(1_000, Duration.ofDays(7));
        Random random = new Random(1);
        // when
        for (int minute = 0; minute < 7 * 1_440; minute++) {
            add(learner, random, START.plus(Duration.ofMinutes(minute)));
            assertThat(learner.reference()).isEmpty();
        }
        add(learner, random, START.plus(Duration.ofDays(7)));
        // then
        Reference reference = learner.reference().orElseThrow();
        assertThat(reference.modelVersion()).isEqualTo("v7");
        assertThat(reference.profile().rows()).isEqualTo(7 * 1_440 + 1);
        assertThat(reference.profile().from()).isEqualTo(START);
        assertThat(reference.season().orElseThrow().slots().level()).isEqualTo(Level.HOUR_OF_WEEK);
        assertThat(reference.error().orElseThrow().labels()).isEqualTo(7 * 1_440 + 1);
        byte[] frozen = learner.toBytes();
        add(learner, random, START.plus(Duration.ofDays(8)));
        assertThat(learner.toBytes()).isEqualTo(frozen);
        assertThat(ReferenceLearner.fromBytes(frozen).toBytes()).isEqualTo(frozen);
        assertThat(learner.missingRows()).isZero();
    }

    @Test
    void goesOnFromItsBytesToTheSameReference() {
        // given
        ReferenceLearner straight = learner(25_000, Duration.ZERO);
        ReferenceLearner restored = learner(25_000, Duration.ZERO);
        Random one = new Random(1);
        Random two = new Random(1);
        // when
        for (int i = 0; i < 25_000; i++) {
            Instant time = START.plusSeconds(i * 10L);
            add(straight, one, time);
            add(restored, two, time);
            if (i % 6_007 == 0) {
                restored = ReferenceLearner.fromBytes(restored.toBytes());
            }
        }
        // then
        assertThat(straight.reference()).isPresent();
        assertThat(restored.toBytes()).isEqualTo(straight.toBytes());
    }

    @Test
    void anOldRowCountsAndATextInANumericFeatureChangesNothing() {
        ReferenceLearner learner = learner(3, Duration.ofHours(1));
        Random random = new Random(1);
        add(learner, random, START);
        add(learner, random, START.minus(Duration.ofHours(1)));
        byte[] before = learner.toBytes();
        assertThatThrownBy(() -> learner.add(START, Map.of("x", "much"), 0.5, "1", null))
                .hasMessageContaining("features.x: 'much' is not a number");
        assertThat(learner.toBytes()).isEqualTo(before);
        add(learner, random, START.minus(Duration.ofMinutes(1)));
        assertThat(learner.reference().orElseThrow().profile().from()).isEqualTo(START.minus(Duration.ofHours(1)));
    }
}
