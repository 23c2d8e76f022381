package io.homeostat.detector.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.detector.profile.KnownReference;
import io.homeostat.drift.statistics.estimation.AnsweredRow;
import io.homeostat.drift.statistics.estimation.EstimateChunk;
import io.homeostat.drift.statistics.estimation.EstimatorLearner;
import io.homeostat.drift.statistics.estimation.PerformanceEstimator;
import io.homeostat.drift.statistics.monitor.Monitor;
import io.homeostat.drift.statistics.monitor.MonitorConfig;
import io.homeostat.drift.statistics.monitor.MonitorInput;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.FeatureType;
import io.homeostat.drift.statistics.profile.Profile;
import io.homeostat.drift.statistics.profile.Reference;
import io.homeostat.drift.statistics.profile.ReferenceBuilder;
import io.homeostat.drift.statistics.profile.RowSample;
import io.homeostat.drift.statistics.profile.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DetectorStateTest {
    private static final long WINDOW = 60_000;
    private static final long NOW = 1_769_860_800_000L;
    private static final Schema SCHEMA = new Schema(Map.of("x", FeatureType.NUMERIC));
    private static final Reference REFERENCE = reference();

    private static final MonitorConfig CONFIG = MonitorConfig.of(Task.BINARY, SCHEMA, Duration.ofMillis(WINDOW));

    private final DetectorState state = DetectorState.initial(CONFIG);

    private static Reference reference() {
        Random random = new Random(1);
        ReferenceBuilder builder = new ReferenceBuilder(SCHEMA, Task.BINARY);
        for (int i = 0; i < 500; i++) {
            builder.add(Map.of("x", random.nextGaussian()), null, null, null);
        }
        return builder.build("v1", Instant.EPOCH, Instant.EPOCH);
    }

    private static DetectorState.WindowKey window(int number) {
        return new DetectorState.WindowKey(number * WINDOW, "v1");
    }

    private static Profile share(int number, int rows) {
        Instant from = Instant.ofEpochMilli(number * WINDOW);
        Profile profile = REFERENCE.emptyProfile(from, from.plusMillis(WINDOW));
        for (int i = 0; i < rows; i++) {
            profile.add(Map.of("x", 1.0 * i), null, null);
        }
        return profile;
    }

    private DetectorState copy() {
        return DetectorState.CODEC.decode(DetectorState.CODEC.encode(state));
    }

    @Test
    void aWindowIsCompleteWhenEveryPartitionHasReported() {
        // given
        assertThat(state.merge(window(0), 0, share(0, 10), 100, null, NOW)).isTrue();
        assertThat(state.takeComplete(2, WINDOW, NOW)).isEmpty();
        // when
        assertThat(state.merge(window(0), 1, share(0, 5), 100, null, NOW)).isTrue();
        // then
        var complete = state.takeComplete(2, WINDOW, NOW).orElseThrow();
        assertThat(complete.getKey()).isEqualTo(window(0));
        assertThat(complete.getValue().profile().rows()).isEqualTo(15);
        assertThat(state.takeComplete(2, WINDOW, NOW)).isEmpty();
    }

    @Test
    void onePartitionTwiceIsNotTwoPartitions() {
        // when
        state.merge(window(0), 1, share(0, 10), 100, null, NOW);
        state.merge(window(0), 1, share(0, 1), 100, null, NOW);
        // then
        assertThat(state.takeComplete(2, WINDOW, NOW)).isEmpty();
    }

    @Test
    void aSilentPartitionIsWaitedForUntilTwoWindowsLater() {
        // given
        state.merge(window(0), 0, share(0, 10), 100, null, NOW);
        state.merge(window(1), 0, share(1, 10), 100, null, NOW + WINDOW);
        assertThat(state.takeComplete(2, WINDOW, NOW + 2 * WINDOW - 1)).isEmpty();
        // when
        state.merge(window(2), 0, share(2, 10), 100, null, NOW + 2 * WINDOW - 1);
        // then
        assertThat(state.takeComplete(2, WINDOW, NOW + 2 * WINDOW - 1)
                        .orElseThrow()
                        .getKey())
                .isEqualTo(window(0));
        assertThat(state.takeComplete(2, WINDOW, NOW + 2 * WINDOW - 1)).isEmpty();
    }

    @Test
    void whereNothingMoreComesASilentPartitionIsWaitedForByTwoLengths() {
        // given
        state.merge(window(0), 0, share(0, 10), 100, null, NOW);
        assertThat(state.takeComplete(2, WINDOW, NOW + 2 * WINDOW - 1)).isEmpty();
        // then
        assertThat(state.takeComplete(2, WINDOW, NOW + 2 * WINDOW).orElseThrow().getKey())
                .isEqualTo(window(0));
    }

    @Test
    void aPartitionThatIsReadLaterThanAnotherIsWaitedForAcrossARestart() {
        // given: one partition's backlog was read in a moment
        for (int i = 0; i < 10; i++) {
            state.merge(window(i), 0, share(i, 10), 100, null, NOW + i);
        }
        assertThat(state.takeComplete(2, WINDOW, NOW + WINDOW - 1)).isEmpty();
        DetectorState restarted = copy();
        assertThat(restarted.takeComplete(2, WINDOW, NOW + WINDOW - 1)).isEmpty();
        // when
        restarted.merge(window(0), 1, share(0, 5), 100, null, NOW + 20);
        // then
        assertThat(restarted
                        .takeComplete(2, WINDOW, NOW + 20)
                        .orElseThrow()
                        .getValue()
                        .profile()
                        .rows())
                .isEqualTo(15);
        assertThat(restarted.takeComplete(2, WINDOW, NOW + 20)).isEmpty();
    }

    @Test
    void whatCameTooLateForAWindowIsGatheredForAWhileAndHoldsNothingUp() {
        // given: the first window was judged
        state.merge(window(0), 0, share(0, 10), 100, null, NOW);
        state.merge(window(0), 1, share(0, 10), 100, null, NOW);
        assertThat(state.takeComplete(2, WINDOW, NOW)).isPresent();
        DetectorState restarted = copy();
        // when
        restarted.merge(window(0), 1, share(0, 3), 100, null, NOW);
        restarted.merge(window(0), 1, share(0, 4), 100, null, NOW + 1_000);
        restarted.merge(window(2), 0, share(2, 10), 100, null, NOW + 1_000);
        assertThat(restarted.takeComplete(2, WINDOW, NOW + 9_999)).isEmpty();
        restarted.merge(window(1), 0, share(1, 10), 100, null, NOW + 1_000);
        restarted.merge(window(1), 1, share(1, 10), 100, null, NOW + 1_000);
        // then
        assertThat(restarted.takeComplete(2, WINDOW, NOW + 9_999).orElseThrow().getKey())
                .isEqualTo(window(1));
        var late = restarted.takeComplete(2, WINDOW, NOW + 10_000).orElseThrow();
        assertThat(late.getKey()).isEqualTo(window(0));
        assertThat(late.getValue().profile().rows()).isEqualTo(7);
        assertThat(restarted.takeComplete(2, WINDOW, NOW + 10_000)).isEmpty();
    }

    @Test
    void noMoreThanSixtyFourWindowsWait() {
        for (int i = 0; i < 64; i++) {
            state.merge(window(i), 0, share(i, 1), 100, null, NOW);
            assertThat(state.takeComplete(2, WINDOW, NOW)).isEmpty();
        }
        state.merge(window(64), 0, share(64, 1), 100, null, NOW);
        assertThat(state.takeComplete(2, WINDOW, NOW).orElseThrow().getKey()).isEqualTo(window(0));
        assertThat(state.takeComplete(2, WINDOW, NOW)).isEmpty();
    }

    @Test
    void ofWindowsThatAreLateNoMoreWaitEither() {
        // given one partition that is read far ahead of another
        state.merge(window(1_000), 0, share(1_000, 1), 100, null, NOW);
        state.merge(window(1_000), 1, share(1_000, 1), 100, null, NOW);
        assertThat(state.takeComplete(2, WINDOW, NOW)).isPresent();
        for (int i = 0; i < 200; i++) {
            // when
            state.merge(window(i), 0, share(i, 1), 100, null, NOW);
            // then
            assertThat(state.takeComplete(2, WINDOW, NOW).isPresent()).isEqualTo(i >= 64);
        }
    }

    @Test
    void ofLargeWindowsFewerWaitAsAllAreOneRecord() {
        // given: six seem to be more than half of what a record may have, until they are measured
        Schema wide = new Schema(
                IntStream.range(0, 300).boxed().collect(Collectors.toMap(i -> "x" + i, i -> FeatureType.NUMERIC)));
        DetectorState large = DetectorState.initial(MonitorConfig.of(Task.BINARY, wide, Duration.ofMillis(WINDOW)));
        int waiting = 0;
        // when
        for (int i = 0; i < 20; i++) {
            large.merge(window(i), 0, wide(wide, i), 4 << 20, null, NOW);
            waiting += large.takeComplete(2, WINDOW, NOW).isPresent() ? 0 : 1;
        }
        // then
        assertThat(waiting).isBetween(5, 15);
        assertThat(DetectorState.CODEC.encode(large).length).isLessThan(9 << 20);
    }

    private static Profile wide(Schema schema, int number) {
        Instant from = Instant.ofEpochMilli(number * WINDOW);
        Profile profile = Profile.withoutBins(schema, from, from.plusMillis(WINDOW));
        Random random = new Random(number);
        for (int row = 0; row < 1_000; row++) {
            Map<String, Object> values = new HashMap<>();
            schema.features().keySet().forEach(name -> values.put(name, random.nextGaussian()));
            profile.add(values, null, null);
        }
        return profile;
    }

    @Test
    void aShareOfAnotherShapeIsRefusedAndLeavesTheRestWholeWhichIsTakenAsAPart() {
        // given
        Profile other = Profile.withoutBins(SCHEMA, Instant.EPOCH, Instant.EPOCH);
        state.merge(window(0), 0, share(0, 10), 100, null, NOW);
        // when
        assertThat(state.merge(window(0), 1, other, 100, null, NOW)).isFalse();
        // then
        assertThat(state.take(window(0)).orElseThrow().profile().toBytes())
                .isEqualTo(share(0, 10).toBytes());
        assertThat(state.merge(window(0), 1, other, 100, null, NOW)).isTrue();
        assertThat(state.takeComplete(2, WINDOW, NOW)).isEmpty();
    }

    @Test
    void goesOnFromItsBytesAsIfNothingHadHappened() {
        // given
        state.merge(window(0), 0, share(0, 700), 100, null, NOW);
        state.championWas("v0");
        state.nextRetune();
        state.featureRows(CONFIG);
        RowSample rows = new RowSample(SCHEMA, 3);
        rows.add(Map.of("x", 1));
        state.add(window(0), rows, 100);
        state.learned("v1", true);
        state.majority().count(0, "v1", 77, Optional.empty());
        // when
        DetectorState copy = copy();
        // then
        assertThat(DetectorState.CODEC.encode(copy)).isEqualTo(DetectorState.CODEC.encode(state));
        assertThat(copy.previousChampion()).isEqualTo("v0");
        assertThat(copy.isLearned("v1")).isTrue();
        assertThat(copy.isLearned("features")).isFalse();
        assertThat(copy.nextRetune()).isEqualTo(2);
        copy.merge(window(0), 1, share(0, 700), 100, null, NOW);
        state.merge(window(0), 1, share(0, 700), 100, null, NOW);
        state.nextRetune();
        assertThat(DetectorState.CODEC.encode(copy)).isEqualTo(DetectorState.CODEC.encode(state));
    }

    @Test
    void theReferencesAreApartAndWrittenOnlyWhenTheyChange() {
        // given
        Monitor monitor = new Monitor(CONFIG);
        assertThat(DetectorState.CODEC.seldom(state)).isNull();
        monitor.on(state.monitor(), new MonitorInput.ChampionChanged("v1", Optional.of(REFERENCE), 1));
        Object written = DetectorState.CODEC.seldom(state);
        byte[] references = DetectorState.CODEC.encodeSeldom(state);
        // when
        monitor.on(state.monitor(), new MonitorInput.RolloutActive(true, 2));
        byte[] rest = DetectorState.CODEC.encodeRest(state);
        // then
        assertThat(DetectorState.CODEC.seldom(state)).isNotNull().isSameAs(written);
        assertThat(rest.length).isLessThan(references.length);
        DetectorState copy = DetectorState.CODEC.decode(rest, references);
        assertThat(DetectorState.CODEC.encode(copy)).isEqualTo(DetectorState.CODEC.encode(state));
        assertThat(DetectorState.CODEC.seldom(copy)).isSameAs(DetectorState.CODEC.seldom(copy));
        assertThat(DetectorState.CODEC.encodeSeldom(copy)).isEqualTo(references);
        assertThatThrownBy(() -> DetectorState.CODEC.decode(rest)).hasMessageContaining("kept elsewhere");
        // when
        monitor.on(
                state.monitor(), new MonitorInput.ReferenceGiven("v1", Optional.of(REFERENCE.withModelVersion("v1"))));
        // then
        assertThat(DetectorState.CODEC.seldom(state)).isNotNull().isNotSameAs(written);
        // when
        monitor.on(state.monitor(), new MonitorInput.ReferenceGiven("v1", Optional.empty()));
        // then
        assertThat(DetectorState.CODEC.seldom(state)).isNull();
        assertThat(DetectorState.CODEC.encode(DetectorState.CODEC.decode(DetectorState.CODEC.encodeRest(state))))
                .isEqualTo(DetectorState.CODEC.encode(state));
    }

    private static PerformanceEstimator estimator(int seed) {
        EstimatorLearner learner = new EstimatorLearner(Task.BINARY, SCHEMA, "1", 100);
        Random random = new Random(seed);
        while (!learner.add(
                new AnsweredRow(Map.of(), "1", random.nextDouble(), null), random.nextBoolean() ? "1" : "0")) {}
        return learner.fit(1).orElseThrow();
    }

    private static EstimateChunk chunk(PerformanceEstimator estimator, double score) {
        EstimateChunk chunk = estimator.chunk();
        estimator.add(chunk, new AnsweredRow(Map.of(), "1", score, null));
        return chunk;
    }

    @Test
    void partitionsEstimatesMergeAndAnotherEstimatorsIsLeftOut() {
        // given
        PerformanceEstimator one = estimator(1);
        state.merge(window(0), 0, share(0, 10), 100, null, NOW);
        state.merge(window(0), 1, share(0, 10), 100, chunk(one, .5), NOW);
        state.merge(window(0), 2, share(0, 10), 100, chunk(estimator(2), .5), NOW);
        // when
        DetectorState copy = copy();
        copy.merge(window(0), 3, share(0, 10), 100, chunk(one, .6), NOW);
        // then
        assertThat(copy.takeComplete(4, WINDOW, NOW).orElseThrow().getValue().estimate())
                .hasValueSatisfying(estimate -> assertThat(estimate.n()).isEqualTo(2))
                .hasValueSatisfying(estimate -> assertThat(one.made(estimate)).isTrue());
    }

    @Test
    void aStateOfBeforeThereWereEstimatesIsRead() {
        // given: the layout before says nothing of feature rows, majority and learned references, and ends where the
        // learning
        // begins
        byte[] now = DetectorState.CODEC.encode(state);
        int head = 1 + 2 + "BINARY".length() + 4 + state.monitor().toBytes().length;
        int watched = 4 + 8 + 4 + 4;
        byte[] before =
                Arrays.copyOf(now, now.length - watched - 4 - state.learning().toBytes().length);
        System.arraycopy(now, head + watched, before, head, before.length - head);
        before[0] = 1;
        // then
        assertThat(DetectorState.CODEC.encode(DetectorState.CODEC.decode(before)))
                .isEqualTo(now);
    }

    @Test
    void fitsOnlyAModelOfItsTask() {
        assertThat(copy().fits(MonitorConfig.of(Task.BINARY, SCHEMA, Duration.ofDays(1))))
                .isTrue();
        assertThat(copy().fits(MonitorConfig.of(Task.REGRESSION, SCHEMA, Duration.ofDays(1))))
                .isFalse();
    }

    @Test
    void aReferenceIsWrittenInTheBytesItCameIn() {
        // given: bytes that can be told from those that the reference would be encoded to
        byte[] came = REFERENCE.withModelVersion("v1 as it came").toBytes();
        state.cameAs(new KnownReference(REFERENCE, came));
        new Monitor(CONFIG).on(state.monitor(), new MonitorInput.ChampionChanged("v1", Optional.of(REFERENCE), 1));
        // when
        byte[] kept = DetectorState.CODEC.encodeSeldom(state);
        DetectorState restarted = DetectorState.CODEC.decode(DetectorState.CODEC.encodeRest(state), kept);
        // then
        assertThat(restarted.monitor().reference().orElseThrow().toBytes()).isEqualTo(came);
        assertThat(DetectorState.CODEC.encodeSeldom(restarted)).isEqualTo(kept);
    }
}
