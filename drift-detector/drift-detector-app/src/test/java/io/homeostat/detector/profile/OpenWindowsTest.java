package io.homeostat.detector.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.drift.statistics.estimation.AnsweredRow;
import io.homeostat.drift.statistics.estimation.EstimatorLearner;
import io.homeostat.drift.statistics.estimation.PerformanceEstimator;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.FeatureType;
import io.homeostat.drift.statistics.profile.Profile;
import io.homeostat.drift.statistics.profile.Schema;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OpenWindowsTest {
    private static final Schema SCHEMA = new Schema(Map.of("x", FeatureType.NUMERIC));
    private final OpenWindows open = new OpenWindows();

    private static OpenWindows.Key key(long from, String version) {
        return new OpenWindows.Key(from, version);
    }

    private OpenWindow window(long from, String version) {
        return open.window(
                        key(from, version),
                        () -> OpenWindow.withoutSample(Profile.withoutBins(SCHEMA, Instant.EPOCH, Instant.EPOCH)))
                .orElseThrow();
    }

    @Test
    void theOldestWindowEndsFirstAndOnlyAfterItsGrace() {
        // given
        window(1000, "v1").profile().add(Map.of("x", 1), null, null);
        window(0, "v2");
        window(0, "v1");
        // when
        open.sawTime(1099);
        assertThat(open.hasEnded(1000, 100)).isFalse();
        open.sawTime(1100);
        open.sawTime(5);
        // then
        assertThat(open.hasEnded(1000, 100)).isTrue();
        assertThat(open.removeEnded(1000).getKey()).isEqualTo(key(0, "v1"));
        assertThat(open.removeEnded(1000).getKey()).isEqualTo(key(0, "v2"));
        assertThat(open.hasEnded(1000, 100)).isFalse();
        assertThat(open.removeEnded(1000).getValue().profile().rows()).isEqualTo(1);
        assertThat(open.hasEnded(1000, 100)).isFalse();
    }

    @Test
    void aWindowIsPastOneLengthAfterItHasEndedUnlessItIsOpenStill() {
        // given
        window(0, "v1");
        // when
        open.sawTime(2099);
        assertThat(open.isPast(key(0, "v2"), 1000, 100)).isFalse();
        open.sawTime(2100);
        // then
        assertThat(open.isPast(key(0, "v2"), 1000, 100)).isTrue();
        assertThat(open.isPast(key(0, "v1"), 1000, 100)).isFalse();
        assertThat(open.isPast(key(1000, "v2"), 1000, 100)).isFalse();
        open.removeEnded(1000);
        assertThat(open.isPast(key(0, "v1"), 1000, 100)).isTrue();
    }

    @Test
    void whatComesLateIsGatheredForAnotherGrace() {
        // given: time is past the window's end
        open.sawTime(1500);
        window(0, "v1").profile().add(Map.of("x", 1), null, null);
        window(1000, "v1");
        // then
        assertThat(open.hasEnded(1000, 100)).isFalse();
        open.sawTime(1599);
        window(0, "v1").profile().add(Map.of("x", 2), null, null);
        assertThat(open.hasEnded(1000, 100)).isFalse();
        // when
        open.sawTime(1600);
        // then
        assertThat(open.hasEnded(1000, 100)).isTrue();
        assertThat(open.removeEnded(1000).getValue().profile().rows()).isEqualTo(2);
        assertThat(open.hasEnded(1000, 100)).isFalse();
    }

    @Test
    void atMostSoManyAreOpenAtATime() {
        // given
        for (int i = 0; i < OpenWindows.MOST; i++) {
            window(0, "v" + i);
        }
        // then
        assertThat(open.window(key(0, "more"), () -> window(0, "v1"))).isEmpty();
        assertThat(open.window(key(0, "v1"), () -> window(0, "v2"))).isPresent();
    }

    @Test
    void equalStatesGiveEqualBytes() {
        // given
        open.sawTime(1234);
        open.nextSample();
        OpenWindow sampled = open.window(
                        key(0, "new"),
                        () -> OpenWindow.withSample(
                                Profile.withoutBins(SCHEMA, Instant.EPOCH, Instant.EPOCH), SCHEMA, 7))
                .orElseThrow();
        sampled.rows().orElseThrow().add(Instant.EPOCH, Map.of("x", 3.0), null, "1");
        for (int i = 0; i < 1000; i++) {
            window(0, "v1").profile().add(Map.of("x", i), 0.5, "1");
        }
        // when
        OpenWindows copy = OpenWindows.CODEC.decode(OpenWindows.CODEC.encode(open));
        // then
        assertThat(OpenWindows.CODEC.encode(copy)).isEqualTo(OpenWindows.CODEC.encode(open));
        assertThat(copy.nextSample()).isEqualTo(2);
        assertThat(copy.removeEnded(1000).getValue().rows().orElseThrow().seen())
                .isEqualTo(1);
        assertThat(copy.removeEnded(1000).getValue().profile().rows()).isEqualTo(1000);
        assertThat(OpenWindows.CODEC.encode(OpenWindows.CODEC.decode(OpenWindows.CODEC.encode(new OpenWindows()))))
                .isEqualTo(OpenWindows.CODEC.encode(new OpenWindows()));
    }

    @Test
    void aWindowsEstimateIsKeptWithIt() {
        // given
        EstimatorLearner learner = new EstimatorLearner(Task.BINARY, SCHEMA, "1", 100);
        for (int i = 0; i < 100; i++) {
            learner.add(new AnsweredRow(Map.of(), "1", i / 100.0, null), i % 2 == 0 ? "1" : "0");
        }
        PerformanceEstimator estimator = learner.fit(1).orElseThrow();
        window(0, "v1").profile().add(Map.of("x", 1), 0.5, "1");
        open.estimate(key(0, "v1"), estimator.chunk());
        estimator.add(open.estimate(key(0, "v1")).orElseThrow(), new AnsweredRow(Map.of(), "1", .5, null));
        // when
        OpenWindows copy = OpenWindows.CODEC.decode(OpenWindows.CODEC.encode(open));
        // then
        assertThat(OpenWindows.CODEC.encode(copy)).isEqualTo(OpenWindows.CODEC.encode(open));
        assertThat(copy.estimate(key(0, "v2"))).isEmpty();
        copy.removeEnded(1000);
        assertThat(copy.rowsOfLast()).isEqualTo(1);
        assertThat(copy.removeEstimate(key(0, "v1")))
                .hasValueSatisfying(chunk -> assertThat(chunk.n()).isEqualTo(1));
        assertThat(copy.estimate(key(0, "v1"))).isEmpty();
    }

    @Test
    void aStateFollowsItsChanges() {
        for (int seed = 0; seed < 20; seed++) {
            // given
            Random random = new Random(seed);
            OpenWindows state = new OpenWindows();
            OpenWindows copy = OpenWindows.CODEC.decode(OpenWindows.CODEC.encode(state));
            OpenWindows.CODEC.markKept(state);
            OpenWindows.CODEC.markKept(copy);
            for (int commit = 0; commit < 40; commit++) {
                // when: rows come, windows open, end, and open once more
                for (int row = random.nextInt(20); row > 0; row--) {
                    addRow(state, random, commit * 100 - random.nextInt(300));
                }
                OpenWindows.CODEC.apply(copy, OpenWindows.CODEC.change(state).orElseThrow());
                OpenWindows.CODEC.markKept(state);
                OpenWindows.CODEC.markKept(copy);
                // then
                assertThat(OpenWindows.CODEC.encode(copy)).isEqualTo(OpenWindows.CODEC.encode(state));
            }
        }
    }

    private static void addRow(OpenWindows state, Random random, long millis) {
        String version = "v" + random.nextInt(2);
        Profile empty = Profile.withoutBins(SCHEMA, Instant.EPOCH, Instant.EPOCH);
        boolean sampled = version.equals("v1");
        OpenWindow window = state.window(
                        key(Math.floorDiv(millis, 1000) * 1000, version),
                        () -> sampled
                                ? OpenWindow.withSample(empty, SCHEMA, state.nextSample())
                                : OpenWindow.withoutSample(empty))
                .orElseThrow();
        Map<String, Object> row = Map.of("x", random.nextGaussian());
        window.profile().add(row, null, "1");
        window.rows().ifPresent(rows -> rows.add(Instant.ofEpochMilli(millis), row, null, "1"));
        state.sawTime(millis);
        while (state.hasEnded(1000, 100)) {
            state.removeEnded(1000);
        }
    }

    @Test
    void bytesOfBeforeThereWereEstimatesAreRead() {
        // given: the layout before has no number of samples, no sample of the window, and ends before the estimates
        window(0, "v1");
        byte[] now = OpenWindows.CODEC.encode(open);
        byte[] before = Arrays.copyOf(now, now.length - 32);
        System.arraycopy(now, 17, before, 9, now.length - 41);
        before[0] = 1;
        // then
        assertThat(OpenWindows.CODEC.encode(OpenWindows.CODEC.decode(before))).isEqualTo(now);
    }
}
