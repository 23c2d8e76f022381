package io.homeostat.detector.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.backbone.topology.Progress;
import io.homeostat.detector.ingest.Watermark;
import io.homeostat.drift.statistics.estimation.AnsweredRow;
import io.homeostat.drift.statistics.estimation.EstimatorLearner;
import io.homeostat.drift.statistics.estimation.PerformanceEstimator;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.FeatureType;
import io.homeostat.drift.statistics.profile.Profile;
import io.homeostat.drift.statistics.profile.ProfileShape;
import io.homeostat.drift.statistics.profile.Reference;
import io.homeostat.drift.statistics.profile.ReferenceBuilder;
import io.homeostat.drift.statistics.profile.Schema;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenWindowsTest {
    private static final Schema SCHEMA = new Schema(Map.of("x", FeatureType.NUMERIC));
    private final OpenWindows open = new OpenWindows();

    private static OpenWindows.Key key(long from, String version) {
        return new OpenWindows.Key(from, version);
    }

    private OpenWindow window(long from, String version) {
        return open.window(
                        key(from, version),
                        1,
                        () -> OpenWindow.withoutSample(Profile.withoutBins(SCHEMA, Instant.EPOCH, Instant.EPOCH)))
                .orElseThrow();
    }

    private static void saw(OpenWindows open, long millis) {
        open.saw(new Progress(Progress.OWN, millis, millis, Progress.NEVER), 0, 0);
    }

    @ParameterizedTest
    @CsvSource({"1, false, 64", "200, false, 17", "1, true, 23", "200, true, 10", "1000, true, 3", "4000, true, 2"})
    void ofWindowsWithManyFeaturesOrSamplesFewerMayBeOpenAsTogetherTheyAreOneRecord(
            int features, boolean sampled, int most) {
        Profile profile = Profile.withoutBins(SCHEMA, Instant.EPOCH, Instant.EPOCH);
        int opened = 0;
        while (open.window(
                        key(opened, "v1"),
                        features,
                        () -> sampled ? OpenWindow.withSample(profile, SCHEMA, 1) : OpenWindow.withoutSample(profile))
                .isPresent()) {
            opened++;
        }
        assertThat(opened).isEqualTo(most);
        assertThat(open.isFullFor(key(0, "v1"), features)).as("open already").isFalse();
        assertThat(open.isFullFor(key(-1, "v1"), features)).isTrue();
    }

    @Test
    void theOldestWindowEndsFirstAndOnlyAfterItsGrace() {
        // given
        window(1000, "v1").profile().add(Map.of("x", 1), null, null);
        window(0, "v2");
        window(0, "v1");
        // when
        saw(open, 1099);
        assertThat(open.hasEnded(1000, 100)).isFalse();
        saw(open, 1100);
        saw(open, 5);
        // then
        assertThat(open.hasEnded(1000, 100)).isTrue();
        assertThat(open.removeEnded(1000).getKey()).isEqualTo(key(0, "v1"));
        assertThat(open.removeEnded(1000).getKey()).isEqualTo(key(0, "v2"));
        assertThat(open.hasEnded(1000, 100)).isFalse();
        assertThat(open.removeEnded(1000).getValue().profile().rows()).isEqualTo(1);
        assertThat(open.hasEnded(1000, 100)).isFalse();
    }

    @Test
    void aWindowThatHasEndedIsOpenedAnew() {
        // given
        OpenWindow ended = window(0, "v1");
        saw(open, 1100);
        assertThat(open.hasEnded(1000, 100)).isTrue();
        open.removeEnded(1000);
        // then
        assertThat(window(0, "v1")).isNotSameAs(ended);
        assertThat(window(0, "v1")).isSameAs(window(0, "v1"));
    }

    @Test
    void aWindowIsPastOneLengthAfterItHasEndedUnlessItIsOpenStill() {
        // given
        window(0, "v1");
        // when
        saw(open, 2099);
        assertThat(open.isPast(key(0, "v2"), 1000, 100)).isFalse();
        saw(open, 2100);
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
        saw(open, 1500);
        window(0, "v1").profile().add(Map.of("x", 1), null, null);
        window(1000, "v1");
        // then
        assertThat(open.hasEnded(1000, 100)).isFalse();
        saw(open, 1599);
        window(0, "v1").profile().add(Map.of("x", 2), null, null);
        assertThat(open.hasEnded(1000, 100)).isFalse();
        // when
        saw(open, 1600);
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
        assertThat(open.window(key(0, "more"), 1, () -> window(0, "v1"))).isEmpty();
        assertThat(open.window(key(0, "v1"), 1, () -> window(0, "v2"))).isPresent();
    }

    @Test
    void roomIsMadeByTheOldestWindowThatNoPartitionIsFilling() {
        // given one partition that has begun, and another that is far ahead
        for (int i = 0; i < OpenWindows.MOST; i++) {
            window(1000 * i, "v1");
        }
        open.saw(new Progress("p:0", 1500, 1500, 100), 0, 60_000);
        open.saw(new Progress("p:1", 1000 * (OpenWindows.MOST - 1), 1000 * (OpenWindows.MOST - 1), 100), 0, 60_000);
        assertThat(open.isFullFor(key(1000 * OpenWindows.MOST, "v1"), 1)).isTrue();
        assertThat(open.isFullFor(key(1000, "v1"), 1)).isFalse();
        // then: the first is filled still, as what comes late to it belongs there
        assertThat(open.removeSpare(1000, 100))
                .hasValueSatisfying(spared -> assertThat(spared.getKey()).isEqualTo(key(2000, "v1")));
        assertThat(open.isFullFor(key(1000 * OpenWindows.MOST, "v1"), 1)).isFalse();
    }

    @Test
    void whereAllAreBeingFilledRoomIsMadeByOneThatOnlyOthersFill() {
        // given as many partitions as windows, each in one
        for (int i = 0; i < OpenWindows.MOST; i++) {
            window(1000 * i, "v1");
        }
        for (int i = OpenWindows.MOST - 1; i >= 0; i--) {
            open.saw(new Progress("p:" + i, 1000 * i + 500, 1000 * i + 500, 100), 100, 60_000);
        }
        // then: those that what comes late to the last one belongs to stay
        assertThat(open.removeSpare(1000, 100))
                .hasValueSatisfying(spared -> assertThat(spared.getKey()).isEqualTo(key(1000, "v1")));
        open.saw(new Progress("p:9", 9500, 9500, 100), 100, 60_000);
        assertThat(open.removeSpare(1000, 100))
                .hasValueSatisfying(spared -> assertThat(spared.getKey()).isEqualTo(key(0, "v1")));
    }

    @Test
    void whereOnePartitionFillsAllOfThemThereIsNoRoom() {
        // given
        for (int i = 0; i < OpenWindows.MOST; i++) {
            window(0, "v" + i);
        }
        saw(open, 500);
        // then
        assertThat(open.removeSpare(1000, 100)).isEmpty();
    }

    @Test
    void aRowIsLateByThePartitionThatItCameFrom() {
        // given one partition that is far ahead of another
        open.saw(new Progress("p:0", 1500, 1500, 100_000), 0, 0);
        open.saw(new Progress("p:1", 90_000, 90_000, 100_000), 0, 0);
        assertThat(open.isPast(key(1000, "v1"), 1000, 100)).isTrue();
        // when
        open.saw(new Progress("p:0", 1600, 1600, 100_000), 0, 0);
        // then
        assertThat(open.isPast(key(1000, "v1"), 1000, 100)).isFalse();
        assertThat(open.isPast(key(-1000, "v1"), 1000, 100)).isTrue();
    }

    @Test
    void equalStatesGiveEqualBytes() {
        // given
        saw(open, 1234);
        open.nextSample();
        OpenWindow sampled = open.window(
                        key(0, "new"),
                        1,
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
            Reference[] references = {reference(1), reference(2), reference(2), reference(3), reference(4), reference(5)
            };
            OpenWindows state = new OpenWindows();
            OpenWindows copy = OpenWindows.CODEC.decode(OpenWindows.CODEC.encode(state));
            byte[] whole = OpenWindows.CODEC.encode(state);
            List<byte[]> changes = new ArrayList<>();
            OpenWindows.CODEC.markKept(state);
            OpenWindows.CODEC.markKept(copy);
            for (int commit = 0; commit < 80; commit++) {
                // when: rows come, windows open, end, and open once more; now and then there is another reference
                ProfileShape shape = references[commit / 14].shape();
                for (int row = random.nextInt(commit % 5 == 0 ? 120 : 20); row > 0; row--) {
                    addRow(state, shape, random, commit * 100 - random.nextInt(300));
                }
                changes.add(OpenWindows.CODEC.change(state).orElseThrow());
                OpenWindows.CODEC.apply(copy, changes.get(commit));
                OpenWindows.CODEC.markKept(state);
                OpenWindows.CODEC.markKept(copy);
                // then
                byte[] now = OpenWindows.CODEC.encode(state);
                assertThat(OpenWindows.CODEC.encode(copy)).isEqualTo(now);
                assertThat(OpenWindows.CODEC.encode(OpenWindows.CODEC.decode(now)))
                        .isEqualTo(now);
                assertThat(state.shapes.all()).as("those in use and the newest").hasSizeLessThanOrEqualTo(4);
            }
            // and as after a restart, which makes all changes before anything else
            OpenWindows restored = OpenWindows.CODEC.decode(whole);
            changes.forEach(change -> OpenWindows.CODEC.apply(restored, change));
            OpenWindows.CODEC.markKept(restored);
            assertThat(OpenWindows.CODEC.encode(restored)).isEqualTo(OpenWindows.CODEC.encode(state));
            assertSameProfiles(restored, state);
        }
    }

    private static void assertSameProfiles(OpenWindows some, OpenWindows others) {
        assertThat(some.windows.keySet()).isEqualTo(others.windows.keySet());
        some.windows.forEach((key, window) -> assertThat(window.profile().toBytes())
                .isEqualTo(others.windows.get(key).profile().toBytes()));
    }

    private static Reference reference(int seed) {
        Random random = new Random(seed);
        ReferenceBuilder builder = new ReferenceBuilder(SCHEMA, Task.BINARY);
        for (int i = 0; i < 50; i++) {
            builder.add(Map.of("x", random.nextGaussian()), random.nextDouble(), "" + i % 3, null);
        }
        return builder.build("v", Instant.EPOCH, Instant.EPOCH);
    }

    private static void addRow(OpenWindows state, ProfileShape shape, Random random, long millis) {
        String version = "v" + random.nextInt(3);
        Instant from = Instant.ofEpochMilli(Math.floorDiv(millis, 1000) * 1000);
        OpenWindow window = state.window(key(from.toEpochMilli(), version), 1, () -> switch (version) {
                    case "v1" -> OpenWindow.withSample(empty(from), SCHEMA, state.nextSample());
                    case "v2" ->
                        OpenWindow.withoutSample(shape.profile(from, from.plusSeconds(1)))
                                .of(state.hold(shape));
                    default -> OpenWindow.withoutSample(empty(from));
                })
                .orElseThrow();
        Map<String, Object> row = Map.of("x", random.nextGaussian());
        window.profile().add(row, null, "" + random.nextInt(4));
        window.rows().ifPresent(rows -> rows.add(Instant.ofEpochMilli(millis), row, null, "1"));
        state.saw(new Progress("p:" + random.nextInt(3), millis, millis, 1_000_000 + 500 * millis), 0, 60_000);
        while (state.hasEnded(1000, 100)) {
            state.removeEnded(1000);
        }
    }

    private static Profile empty(Instant from) {
        return Profile.withoutBins(SCHEMA, from, from.plusSeconds(1));
    }

    @Test
    void aWindowOfFewRowsIsKeptAsItsRowsAndItsShapeOnce() {
        // given
        ProfileShape shape = reference(1).shape();
        OpenWindows.CODEC.markKept(open);
        for (int i = 0; i < 10; i++) {
            long from = 1000 * i;
            OpenWindow window = open.window(
                            key(from, "v1"),
                            1,
                            () -> OpenWindow.withoutSample(shape.profile(
                                            Instant.ofEpochMilli(from), Instant.ofEpochMilli(from + 1000)))
                                    .of(open.hold(shape)))
                    .orElseThrow();
            window.profile().add(Map.of("x", 1.0), 0.5, "1");
        }
        // when
        byte[] change = OpenWindows.CODEC.change(open).orElseThrow();
        // then
        assertThat(change).hasSizeLessThan(shape.toBytes().length + 10 * 100);
        assertThat(open.hold(reference(1).shape())).as("an equal shape").isEqualTo(0);
        OpenWindows.CODEC.markKept(open);
        assertThat(OpenWindows.CODEC.change(open))
                .hasValueSatisfying(next -> assertThat(next).hasSizeLessThan(100));
    }

    @Test
    void aShapeThatIsMissingIsAnError() {
        // given
        ProfileShape shape = reference(1).shape();
        OpenWindows.CODEC.markKept(open);
        open.window(
                key(0, "v1"),
                1,
                () -> OpenWindow.withoutSample(shape.profile(Instant.EPOCH, Instant.EPOCH))
                        .of(open.hold(shape)));
        open.shapes.markKept(); // as if it had been
        byte[] change = OpenWindows.CODEC.change(open).orElseThrow();
        // then
        assertThatThrownBy(() -> OpenWindows.CODEC.apply(new OpenWindows(), change))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the shape 0 is not among those kept");
    }

    @Test
    void bytesOfBeforeThereWereEstimatesAreRead() throws IOException {
        // given: the layout before has no number of samples, no shapes, no sample of the window, no estimates
        OpenWindow window = window(0, "v1");
        byte[] profile = window.profile().toBytes();
        ByteArrayOutputStream before = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(before)) {
            out.writeByte(1);
            out.writeLong(1234);
            out.writeInt(1);
            out.writeLong(0);
            out.writeUTF("v1");
            out.writeInt(profile.length);
            out.write(profile);
        }
        open.watermark = Watermark.at(1234);
        // then
        assertThat(OpenWindows.CODEC.encode(OpenWindows.CODEC.decode(before.toByteArray())))
                .isEqualTo(OpenWindows.CODEC.encode(open));
    }

    @Test
    void bytesOfBeforeWindowsWereKeptAsRowsAreRead() throws IOException {
        // given: a state, and a change in which the same window grew and another one was opened
        OpenWindow window = window(0, "v1");
        byte[] empty = window.profile().toBytes();
        window.profile().markWritten();
        window.profile().add(Map.of("x", 1.0), 0.5, "1");
        byte[] grown = window.profile().change().orElseThrow();
        byte[] other = window(1000, "v1").profile().toBytes();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(whole)) {
            out.writeByte(4);
            out.writeLong(1234);
            out.writeLong(0);
            out.writeInt(1);
            writeKey(out, 0);
            writeBytes(out, empty);
            writeBytes(out, new byte[0]);
            out.writeLong(Long.MIN_VALUE);
            out.writeLong(0);
            out.writeInt(0);
        }
        ByteArrayOutputStream change = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(change)) {
            out.writeByte(1);
            out.writeLong(1235);
            out.writeLong(0);
            out.writeLong(0);
            out.writeInt(0);
            writeKey(out, 0);
            writeBytes(out, grown);
            writeKey(out, 1000);
            writeBytes(out, new byte[0]);
            writeBytes(out, other);
            writeBytes(out, new byte[0]);
            out.writeLong(Long.MIN_VALUE);
            writeBytes(out, new byte[0]);
        }
        open.watermark = Watermark.at(1235);
        // when
        OpenWindows read = OpenWindows.CODEC.decode(whole.toByteArray());
        OpenWindows.CODEC.apply(read, change.toByteArray());
        // then
        assertThat(OpenWindows.CODEC.encode(read)).isEqualTo(OpenWindows.CODEC.encode(open));
    }

    private static void writeKey(DataOutputStream out, long from) throws IOException {
        out.writeLong(from);
        out.writeUTF("v1");
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
