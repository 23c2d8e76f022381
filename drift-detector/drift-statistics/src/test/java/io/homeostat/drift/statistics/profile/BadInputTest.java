package io.homeostat.drift.statistics.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.drift.statistics.monitor.Monitor;
import io.homeostat.drift.statistics.monitor.MonitorConfig;
import io.homeostat.drift.statistics.monitor.MonitorInput.ChampionChanged;
import io.homeostat.drift.statistics.monitor.MonitorInput.WindowClosed;
import io.homeostat.drift.statistics.monitor.MonitorState;
import io.homeostat.drift.statistics.monitor.MonitorStep;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.twosample.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BadInputTest {
    private static final Schema SCHEMA = new Schema(Map.of("x", FeatureType.NUMERIC));
    private static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");

    private static ReferenceBuilder builder(int rows, IntFunction<@Nullable Object> value) {
        ReferenceBuilder builder =
                new ReferenceBuilder(SCHEMA, Task.BINARY).withSeason(ZoneOffset.UTC, Duration.ofHours(6));
        for (int i = 0; i < rows; i++) {
            builder.add(
                    MONDAY.plus(Duration.ofMinutes(i)),
                    Collections.singletonMap("x", value.apply(i)),
                    null,
                    null,
                    null);
        }
        return builder;
    }

    private static NumericProfile x(Profile profile) {
        return (NumericProfile) Objects.requireNonNull(profile.features().get("x"));
    }

    private static Profile window(Reference reference, int rows, IntFunction<@Nullable Object> value) {
        Profile window = reference.emptyProfile(MONDAY, MONDAY.plus(Duration.ofHours(6)));
        for (int i = 0; i < rows; i++) {
            window.add(Collections.singletonMap("x", value.apply(i)), null, null);
        }
        return window;
    }

    private static MonitorStep step(Reference reference, Profile window) {
        MonitorConfig config = MonitorConfig.of(Task.BINARY, SCHEMA, Duration.ofHours(6));
        Monitor monitor = new Monitor(config);
        MonitorState state = MonitorState.initial(config);
        monitor.on(state, new ChampionChanged("1", Optional.of(reference), 1));
        return monitor.on(state, new WindowClosed(window, "1"));
    }

    private static Reference normal() {
        Random random = new Random(1);
        return builder(20_000, i -> random.nextGaussian()).build("1");
    }

    @Test
    void theSmallestNumberThereIsIsAValueLikeAnyOther() {
        // given a column that says "unknown" by it, as databases do
        Reference reference = builder(500, i -> i % 5 == 0 ? (Object) (-Double.MAX_VALUE) : (Object) (1.0 * i))
                .build("1");
        // when
        Profile window = window(reference, 500, i -> i % 5 == 0 ? (Object) (-Double.MAX_VALUE) : (Object) (1.0 * i));
        // then
        assertThat(x(window).counts()).isEqualTo(x(reference.profile()).counts());
        assertThat(Profile.fromBytes(window.toBytes()).toBytes()).isEqualTo(window.toBytes());
    }

    @Test
    void infiniteValuesAndNaNAreMissingAndTheLargestDoublesAreNot() {
        Profile window = window(
                normal(),
                6,
                i -> new Object[] {
                            Double.NaN,
                            Double.POSITIVE_INFINITY,
                            Float.NEGATIVE_INFINITY,
                            Double.MAX_VALUE,
                            -Double.MAX_VALUE,
                            null
                        }
                        [i]);
        NumericProfile x = x(window);
        assertThat(x.nulls()).isEqualTo(4);
        assertThat(x.values()).isEqualTo(2);
        assertThat(x.mean()).isZero();
        assertThat(x.variance()).isFinite();
        assertThat(x.sketch().max()).isEqualTo(Double.MAX_VALUE);
    }

    @Test
    void anAllNullColumnHasOneBinAndItsValuesComingBackAreAChangeOfTheNullRate() {
        // given
        Reference empty = builder(20_000, i -> null).build("1");
        assertThat(x(empty.profile()).edges().bins()).isEqualTo(1);
        // when
        MonitorStep step = step(empty, window(empty, 1_000, i -> 1.0));
        MonitorStep same = step(empty, window(empty, 1_000, i -> null));
        // then
        assertThat(step.signals())
                .anySatisfy(s -> assertThat(s.test() + s.verdict()).isEqualTo("null-rate" + Verdict.DIFFERENT));
        assertThat(same.signals()).noneMatch(s -> s.verdict() == Verdict.DIFFERENT);
    }

    @Test
    void aReferenceOfOneValueHasThreeBinsAndSeesAnotherValue() {
        // given
        Reference constant = builder(20_000, i -> 7).build("1");
        assertThat(x(constant.profile()).edges().bins()).isEqualTo(3);
        // then
        assertThat(step(constant, window(constant, 1_000, i -> 7.0)).signals()).noneMatch(s -> s.drifted());
        assertThat(step(constant, window(constant, 1_000, i -> 7.5)).signals()).anyMatch(s -> s.drifted());
    }

    @Test
    void anEmptyReferenceIsAnErrorThatSaysSo() {
        assertThatThrownBy(() -> builder(0, i -> 1).build("1")).hasMessageContaining("or none");
        assertThatThrownBy(() -> builder(0, i -> 1).build("1", MONDAY, MONDAY))
                .hasMessageContaining("no rows were added");
    }

    @Test
    void aWindowWithoutRowsSaysTooFewRows() {
        assertThat(step(normal(), window(normal(), 0, i -> 0)).signals())
                .isNotEmpty()
                .allMatch(s -> s.verdict() == Verdict.TOO_FEW_ROWS);
    }

    @Test
    void rowsOutOfOrderMakeTheSameReference() {
        // given
        ReferenceBuilder forward =
                new ReferenceBuilder(SCHEMA, Task.BINARY).withSeason(ZoneOffset.UTC, Duration.ofHours(1));
        ReferenceBuilder backward =
                new ReferenceBuilder(SCHEMA, Task.BINARY).withSeason(ZoneOffset.UTC, Duration.ofHours(1));
        // when
        for (int i = 0; i < 1_000; i++) {
            int j = 999 - i;
            forward.add(MONDAY.plus(Duration.ofHours(i)), Map.of("x", i % 24), null, null, null);
            backward.add(MONDAY.plus(Duration.ofHours(j)), Map.of("x", j % 24), null, null, null);
        }
        Reference one = forward.build("1");
        Reference two = backward.build("1");
        // then
        assertThat(two.season().orElseThrow().toBytes())
                .isEqualTo(one.season().orElseThrow().toBytes());
        assertThat(x(two.profile()).counts()).isEqualTo(x(one.profile()).counts());
    }

    @Test
    void aWindowOlderThanTheReferenceIsComparedWithItsHourOfTheWeek() {
        Reference reference = normal();
        Profile old = reference.emptyProfile(
                Instant.EPOCH.minusSeconds(7_000_000_000L), Instant.EPOCH.minusSeconds(6_999_990_000L));
        assertThat(x(reference.profileFor(old)).rows()).isPositive();
    }

    @Test
    void bytesOfAFutureVersionAreAnErrorThatNamesBothVersions() {
        Reference reference = normal();
        ReferenceLearner learner = new ReferenceLearner(SCHEMA, Task.BINARY, "1");
        Map<String, Map.Entry<byte[], Function<byte[], Object>>> all = new LinkedHashMap<>();
        all.put("reference", Map.entry(reference.toBytes(), Reference::fromBytes));
        all.put("profile", Map.entry(reference.profile().toBytes(), Profile::fromBytes));
        all.put("numeric profile", Map.entry(x(reference.profile()).toBytes(), NumericProfile::fromBytes));
        all.put("categorical profile", Map.entry(new CategoricalProfile().toBytes(), CategoricalProfile::fromBytes));
        all.put("frequent items", Map.entry(new FrequentItems(1).toBytes(), FrequentItems::fromBytes));
        all.put("distinct count", Map.entry(new DistinctCount().toBytes(), DistinctCount::fromBytes));
        all.put(
                "season of a reference",
                Map.entry(reference.season().orElseThrow().toBytes(), Season::fromBytes));
        all.put("row sample", Map.entry(new RowSample(SCHEMA, 1).toBytes(), RowSample::fromBytes));
        all.put("reference learner", Map.entry(learner.toBytes(), ReferenceLearner::fromBytes));
        all.forEach((what, known) -> {
            byte[] future = known.getKey();
            future[1] = 100;
            assertThatThrownBy(() -> known.getValue().apply(future))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(what + ": ")
                    .hasMessageContaining("version 100");
        });
    }

    @Test
    void bytesCutOffAreAnErrorWhereverTheyEnd() {
        byte[] bytes = builder(50, i -> (double) i).build("1").toBytes();
        for (int end = 0; end < bytes.length; end += 7) {
            byte[] cut = Arrays.copyOf(bytes, end);
            assertThatThrownBy(() -> Reference.fromBytes(cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
