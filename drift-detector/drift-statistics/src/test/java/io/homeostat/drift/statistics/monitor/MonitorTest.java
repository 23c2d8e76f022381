package io.homeostat.drift.statistics.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.drift.statistics.monitor.MonitorInput.ChampionChanged;
import io.homeostat.drift.statistics.monitor.MonitorInput.ClassOutcome;
import io.homeostat.drift.statistics.monitor.MonitorInput.RetuneEnded;
import io.homeostat.drift.statistics.monitor.MonitorInput.RolloutActive;
import io.homeostat.drift.statistics.monitor.MonitorInput.WindowClosed;
import io.homeostat.drift.statistics.performance.Metric;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.FeatureType;
import io.homeostat.drift.statistics.profile.Profile;
import io.homeostat.drift.statistics.profile.Reference;
import io.homeostat.drift.statistics.profile.ReferenceBuilder;
import io.homeostat.drift.statistics.profile.RowSample;
import io.homeostat.drift.statistics.profile.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MonitorTest {
    private static final int FEATURES = 15;
    private static final Schema SCHEMA = schema();
    private final MonitorConfig config =
            MonitorConfig.of(Task.BINARY, SCHEMA, Duration.ofMinutes(10)).withLimits(Map.of(Metric.ACCURACY, 0.85));
    private Monitor monitor = new Monitor(config);
    private final MonitorState state = MonitorState.initial(config);
    private final List<MonitorStep> steps = new ArrayList<>();
    private Instant now = Instant.EPOCH;

    private static Schema schema() {
        Map<String, FeatureType> features = new LinkedHashMap<>();
        for (int i = 0; i < FEATURES; i++) {
            features.put("f" + i, i % 3 == 0 ? FeatureType.CATEGORICAL : FeatureType.NUMERIC);
        }
        return new Schema(features);
    }

    private static Map<String, Object> row(Random random, double shift) {
        Map<String, Object> row = new HashMap<>();
        for (int i = 0; i < FEATURES; i++) {
            row.put(
                    "f" + i,
                    i % 3 == 0 ? (Object) ("c" + random.nextInt(6)) : (Object) (random.nextGaussian() + shift));
        }
        return row;
    }

    private static Reference reference(String version, int seed, double rate) {
        Random random = new Random(seed);
        ReferenceBuilder builder = new ReferenceBuilder(SCHEMA, Task.BINARY);
        for (int i = 0; i < 5_000; i++) {
            builder.add(row(random, 0), random.nextDouble(), "c", random.nextDouble() < rate ? 1.0 : 0.0);
        }
        return builder.build(version, Instant.EPOCH, Instant.EPOCH);
    }

    private Optional<RetuneAsked> outcomes(Random random, int many, double errorRate) {
        Optional<RetuneAsked> asked = Optional.empty();
        for (int i = 0; i < many; i++) {
            now = now.plusSeconds(1);
            String predicted = random.nextDouble() < errorRate ? "1" : "0";
            MonitorStep step = monitor.on(
                    state, new ClassOutcome(now, now.minusSeconds(5), state.champion, predicted, "0", Double.NaN));
            if (step != MonitorStep.NOTHING) {
                steps.add(step);
            }
            asked = asked.or(step::retune);
        }
        return asked;
    }

    private MonitorStep window(Reference reference, Random random, int rows, double shift) {
        Profile profile = reference.emptyProfile(now, now.plus(config.window()));
        for (int i = 0; i < rows; i++) {
            profile.add(row(random, shift), random.nextDouble(), "c");
        }
        now = now.plus(config.window());
        return monitor.on(state, new WindowClosed(profile, reference.modelVersion()));
    }

    private long alarms() {
        return steps.stream().filter(step -> step.alarm().isPresent()).count();
    }

    @Test
    void manyFeaturesOverManyWindowsWithoutDriftRaiseNoAlarm() {
        for (int seed = 0; seed < 3; seed++) {
            // given
            Reference reference = reference("v" + seed, seed, 0.1);
            monitor.on(state, new ChampionChanged("v" + seed, Optional.of(reference), seed));
            Random random = new Random(100 + seed);
            // when
            for (int w = 0; w < 200; w++) {
                steps.add(window(reference, random, 300, 0));
            }
            // then
            assertThat(alarms()).isZero();
            assertThat(state.windowsSeen()).isEqualTo(200L * (seed + 1));
        }
    }

    @Test
    void aLargeShiftOfInputsAlarmsInTheSecondWindowAndAsksAfterTheWait() {
        // given
        Reference reference = reference("v1", 1, 0.1);
        monitor.on(state, new ChampionChanged("v1", Optional.of(reference), 1));
        Random random = new Random(9);
        Instant start = now;
        // when
        MonitorStep first = window(reference, random, 500, 1.5);
        MonitorStep second = window(reference, random, 500, 1.5);
        // then
        assertThat(first.alarm()).isEmpty();
        Evidence evidence = second.alarm().orElseThrow().evidence();
        assertThat(evidence.kind()).isEqualTo(AlarmKind.DATA_DRIFT);
        assertThat(evidence.changeSince()).isEqualTo(start);
        assertThat(evidence.signals()).hasSize(5);
        assertThat(second.retune()).isEmpty();
        now = now.plus(Duration.ofHours(1));
        assertThat(window(reference, random, 500, 1.5).retune()).isPresent();
    }

    @Test
    void risingErrorsOpenOneAlarmAndAskOnceWhenThereAreRowsToLearnFrom() {
        // given
        monitor.on(state, new ChampionChanged("v1", Optional.of(reference("v1", 1, 0.1)), 1));
        Random random = new Random(4);
        assertThat(outcomes(random, 3_000, 0.1)).isEmpty();
        Instant changed = now;
        // when
        Optional<RetuneAsked> asked = outcomes(random, 3_000, 0.4);
        // then
        assertThat(alarms()).isEqualTo(1);
        assertThat(steps.stream().filter(step -> step.retune().isPresent())).hasSize(1);
        Evidence evidence = asked.orElseThrow().evidence().orElseThrow();
        assertThat(evidence.kind()).isEqualTo(AlarmKind.CONCEPT_DRIFT);
        assertThat(evidence.summary()).contains("rose from").contains("e-detector");
        assertThat(Duration.between(changed, evidence.changeSince()).abs()).isLessThan(Duration.ofSeconds(120));
        assertThat(evidence.rowsSinceChange()).isEqualTo(500);
    }

    /* Two partitions: one is in step, the other's outcomes of the last 4,000 rows come when the world has changed already. */
    @Test
    void aPartitionThatLagsDoesNotDateTheChangeBackAndItsOldRowsDoNotCount() {
        for (int seed = 0; seed < 20; seed++) {
            // given
            MonitorState mine = MonitorState.initial(config);
            monitor.on(mine, new ChampionChanged("v1", Optional.of(reference("v1", 1, 0.1)), 1));
            List<Instant> made = lagging(new Random(seed), 5_000, 4_000);
            Instant changed = Instant.EPOCH.plusSeconds(5_000);
            Random random = new Random(100 + seed);
            // when
            RetuneAsked asked = null;
            long fresh = 0;
            Instant since = Instant.MAX;
            for (int i = 0; i < made.size() && asked == null; i++) {
                double rate = made.get(i).isBefore(changed) ? 0.1 : 0.5;
                String predicted = random.nextDouble() < rate ? "1" : "0";
                MonitorStep step = monitor.on(
                        mine,
                        new ClassOutcome(made.get(i).plusSeconds(5), made.get(i), "v1", predicted, "0", Double.NaN));
                since = step.alarm().map(a -> a.evidence().changeSince()).orElse(since);
                asked = step.retune().orElse(null);
                fresh += made.get(i).isBefore(changed) ? 0 : 1;
            }
            // then
            assertThat(Duration.between(changed, since).abs())
                    .as("seed %d: changed at %s, dated %s", seed, changed, since)
                    .isLessThan(Duration.ofSeconds(600));
            assertThat(fresh).as("rows of the new world, seed %d", seed).isGreaterThan(300);
        }
    }

    /* Two partitions, of which one is two hours behind: its labels come between the newer ones of the other. */
    @Test
    void labelsOfAPartitionThatLagsAreCountedInTheWindowInWhichTheyBecomeKnown() {
        // given
        monitor.on(state, new ChampionChanged("v1", Optional.of(reference("v1", 1, 0.3)), 1));
        Random random = new Random(2);
        now = now.plus(Duration.ofHours(3));
        // when
        List<PerformancePoint> points = new ArrayList<>();
        for (int i = 0; i < 1_900; i++) {
            now = now.plusSeconds(1);
            for (Instant known : List.of(now, now.minus(Duration.ofHours(2)))) {
                String predicted = random.nextDouble() < 0.3 ? "1" : "0";
                MonitorStep step = monitor.on(
                        state, new ClassOutcome(known, known.minusSeconds(5), "v1", predicted, "0", Double.NaN));
                step.performance().stream()
                        .filter(point -> point.value().metric() == Metric.ACCURACY)
                        .forEach(points::add);
                steps.add(step);
            }
        }
        // then
        assertThat(points).hasSize(3);
        assertThat(points.subList(1, 3)).allMatch(point -> point.value().n() == 1_200);
        assertThat(state.alarm().orElseThrow().kind()).isEqualTo(AlarmKind.PERFORMANCE);
    }

    @Test
    void aNumberOfWindowsThatTheSpecChangesHoldsFromNowOn() {
        // given
        Reference reference = reference("v1", 1, 0.1);
        monitor.on(state, new ChampionChanged("v1", Optional.of(reference), 1));
        monitor = new Monitor(config.withTests(new TestPolicy(0.05, 3, 200)));
        Random random = new Random(9);
        // when
        MonitorStep second = List.of(window(reference, random, 500, 1.5), window(reference, random, 500, 1.5))
                .get(1);
        // then
        assertThat(second.alarm()).isEmpty();
        assertThat(window(reference, random, 500, 1.5).alarm()).isPresent();
    }

    /* When predictions were made, one a second, in the order in which their outcomes come; four old ones follow each new one. */
    private static List<Instant> lagging(Random random, int changedAt, int lag) {
        List<Instant> made = new ArrayList<>();
        ArrayDeque<Instant> late = new ArrayDeque<>();
        for (int second = 0; second < 2 * changedAt; second++) {
            Instant time = Instant.EPOCH.plusSeconds(second);
            if (random.nextBoolean()) {
                made.add(time);
            } else {
                late.add(time);
            }
            boolean lags = second > changedAt - lag && second < changedAt;
            for (int i = 0; i < 4 && !lags && !late.isEmpty(); i++) {
                made.add(late.remove());
            }
        }
        return made;
    }

    @Test
    void aRefitIsAskedForWhenTheLastReTuneIsLongEnoughAgo() {
        // given
        monitor = new Monitor(config.withAlarms(config.alarms().withRefitEvery(Optional.of(Duration.ofMinutes(10)))));
        monitor.on(state, new ChampionChanged("v1", Optional.of(reference("v1", 1, 0.1)), 1));
        Random random = new Random(4);
        assertThat(outcomes(random, 600, 0.1)).isEmpty();
        // when
        Optional<RetuneAsked> first = outcomes(random, 1, 0.1);
        // then
        assertThat(first.orElseThrow().evidence()).isEmpty();
        assertThat(first.get().askedAt()).isEqualTo(now);
        assertThat(first.get().reason()).contains("PT10M since the last refit");
        // and the time counts from the end of the re-tune
        outcomes(random, 100, 0.1);
        monitor.on(state, new RetuneEnded(now, true, false));
        assertThat(state.cooldownUntil()).isEmpty();
        assertThat(outcomes(random, 599, 0.1)).isEmpty();
        // and waits for a rollout's end
        monitor.on(state, new RolloutActive(true, 2));
        assertThat(outcomes(random, 100, 0.1)).isEmpty();
        monitor.on(state, new RolloutActive(false, 3));
        assertThat(outcomes(random, 1, 0.1)).isPresent();
    }

    @Test
    void aRefitIsTheFirstRemedyWhileAnAlarmWaitsForRows() {
        // given
        monitor = new Monitor(config.withAlarms(config.alarms().withRefitEvery(Optional.of(Duration.ofMinutes(55)))));
        monitor.on(state, new ChampionChanged("v1", Optional.of(reference("v1", 1, 0.1)), 1));
        outcomes(new Random(4), 3_000, 0.1);
        // when
        Random random = new Random(5);
        Optional<RetuneAsked> first = outcomes(random, 310, 0.5);
        // then
        assertThat(alarms()).isEqualTo(1);
        assertThat(first.orElseThrow().evidence()).isEmpty();
        // and the alarm's own re-tune follows
        monitor.on(state, new RetuneEnded(now, true, false));
        assertThat(outcomes(random, 290, 0.5).orElseThrow().evidence()).isPresent();
        // and a refit comes at once when that finds nothing better
        monitor.on(state, new RetuneEnded(now, false, false));
        Optional<RetuneAsked> refit = outcomes(new Random(6), 1, 0.5);
        assertThat(refit.orElseThrow().evidence()).isEmpty();
        // but not after a candidate
        monitor.on(state, new RetuneEnded(now, false, true));
        assertThat(outcomes(new Random(7), 1, 0.5)).isEmpty();
    }

    @Test
    void aVersionThatFollowsInPeaceIsExpectedToErrAsItsPredecessorsDid() {
        // given a predecessor that errs in a tenth of 3,000 rows, and a small, lucky hold-out of the next
        monitor.on(state, new ChampionChanged("v1", Optional.of(reference("v1", 1, 0.1)), 1));
        outcomes(new Random(4), 3_000, 0.1);
        assertThat(alarms()).isZero();
        // when
        monitor.on(state, new ChampionChanged("v2", Optional.of(lucky("v2")), 2));
        outcomes(new Random(5), 3_000, 0.1);
        // then
        assertThat(alarms()).isZero();
        // and what really is worse is found
        outcomes(new Random(6), 300, 0.5);
        assertThat(alarms()).isEqualTo(1);
        // and after that nothing of the past counts
        monitor.on(state, new ChampionChanged("v3", Optional.of(lucky("v3")), 3));
        outcomes(new Random(7), 2_000, 0.1);
        assertThat(alarms()).isEqualTo(2);
    }

    /** A reference that no more than 100 labels say anything of; they are all right but two. */
    private static Reference lucky(String version) {
        Random random = new Random(8);
        ReferenceBuilder builder = new ReferenceBuilder(SCHEMA, Task.BINARY);
        for (int i = 0; i < 5_000; i++) {
            Double loss = i >= 100 ? null : i < 2 ? 1.0 : 0.0;
            builder.add(row(random, 0), random.nextDouble(), "c", loss);
        }
        return builder.build(version, Instant.EPOCH, Instant.EPOCH);
    }

    @Test
    void aNewChampionClosesTheAlarmAndARolloutHoldsAlarmsBack() {
        // given
        monitor.on(state, new ChampionChanged("v1", Optional.empty(), 1));
        monitor.on(state, new RolloutActive(true, 2));
        Random random = new Random(4);
        // when
        outcomes(random, 1_000, 0.1);
        outcomes(random, 1_000, 0.5);
        // then
        assertThat(alarms()).isZero();
        assertThat(steps)
                .anySatisfy(step -> assertThat(step.notes()).anyMatch(n -> n.contains("a rollout is under way")));
        // and when the rollout is over
        monitor.on(state, new RolloutActive(false, 3));
        outcomes(random, 1_000, 0.5);
        assertThat(state.alarm()).isPresent();
        monitor.on(state, new ChampionChanged("v2", Optional.empty(), 4));
        assertThat(state.alarm()).isEmpty();
        assertThat(monitor.on(state, new ChampionChanged("v1", Optional.empty(), 3))
                        .notes()
                        .get(0))
                .contains("revision 4 is known");
    }

    @Test
    void aFloorPassedInTwoWindowsIsAnAlarm() {
        // given: a reference that is as bad as what comes, so that the detectors see no rise
        monitor.on(state, new ChampionChanged("v1", Optional.of(reference("v1", 1, 0.3)), 1));
        // when
        outcomes(new Random(2), 1_900, 0.3);
        // then
        assertThat(alarms()).isEqualTo(1);
        assertThat(state.alarm().orElseThrow().kind()).isEqualTo(AlarmKind.PERFORMANCE);
        assertThat(state.alarm().orElseThrow().summary()).contains("below the floor 0.850 in 2 windows");
    }

    @Test
    void fewRowsAreNoPassAndOtherVersionsDoNotCount() {
        // given
        Reference reference = reference("v1", 1, 0.1);
        monitor.on(state, new ChampionChanged("v1", Optional.of(reference), 1));
        // when
        MonitorStep step = window(reference, new Random(1), 50, 3);
        MonitorStep other = window(reference.withModelVersion("v0"), new Random(1), 500, 3);
        // then
        assertThat(step.signals()).isNotEmpty().allMatch(s -> s.verdict().name().equals("TOO_FEW_ROWS"));
        assertThat(other.signals()).isEmpty();
        assertThat(other.notes().get(0)).contains("the champion is v1");
    }

    @Test
    void goesOnFromItsBytesAsIfNothingHadHappened() {
        // given
        monitor.on(state, new ChampionChanged("v1", Optional.of(reference("v1", 1, 0.1)), 1));
        outcomes(new Random(4), 2_000, 0.1);
        outcomes(new Random(5), 300, 0.5);
        MonitorState copy = state.copy();
        Instant at = now;
        assertThat(state.alarm()).isPresent();
        // when
        ClassOutcome next = new ClassOutcome(at.plusSeconds(700), at, "v1", "1", "0", 0.7);
        MonitorStep one = monitor.on(state, next);
        MonitorStep two = monitor.on(copy, next);
        // then
        assertThat(two).isEqualTo(one);
        assertThat(copy.toBytes()).isEqualTo(state.toBytes());
    }

    @Test
    void aClockThatGoesBackwardNeitherRaisesAnAlarmNorHidesOne() {
        // given a clock that is set back again and again, once by more than all before
        Reference reference = reference("v1", 1, 0.1);
        monitor.on(state, new ChampionChanged("v1", Optional.of(reference), 1));
        Random random = new Random(4);
        for (int i = 0; i < 6; i++) {
            outcomes(random, 500, 0.1);
            steps.add(window(reference, random, 500, 0));
            now = now.minus(i == 3 ? Duration.ofDays(2) : Duration.ofMinutes(12));
        }
        assertThat(alarms()).isZero();
        // when
        Optional<RetuneAsked> asked = outcomes(random, 2_000, 0.4);
        // then
        assertThat(alarms()).isEqualTo(1);
        assertThat(asked.orElseThrow().reason()).startsWith("500 labelled rows");
        assertThat(state.copy().toBytes()).isEqualTo(state.toBytes());
        // and inputs that changed are seen, though the windows come in no order
        monitor.on(state, new ChampionChanged("v2", Optional.of(reference("v2", 2, 0.1)), 2));
        Reference second = state.reference().orElseThrow();
        state.cooldownUntil = null;
        now = now.minus(Duration.ofDays(1));
        window(second, random, 500, 1.5);
        now = now.minus(Duration.ofDays(1));
        assertThat(window(second, random, 500, 1.5).alarm()).isPresent();
    }

    @Test
    void aReferenceWithoutErrorsThatIsGivenLaterLeavesWhatIsKnownOfTheErrors() {
        // given
        monitor.on(state, new ChampionChanged("v1", Optional.empty(), -1));
        outcomes(new Random(4), 700, 0.1);
        byte[] learned = state.eDetector.toBytes();
        Reference withErrors = reference("v1", 1, 0.1);
        Reference without = new Reference("v1", withErrors.schema(), withErrors.profile(), Optional.empty());
        // when
        monitor.on(state, new MonitorInput.ReferenceGiven("v1", Optional.of(without)));
        // then
        assertThat(state.reference()).contains(without);
        assertThat(state.eDetector.toBytes()).isEqualTo(learned);
        // and one that knows of errors begins anew
        monitor.on(state, new MonitorInput.ReferenceGiven("v1", Optional.of(withErrors)));
        assertThat(state.reference()).contains(withErrors);
        assertThat(state.eDetector.toBytes()).isNotEqualTo(learned);
        // and another version's is not taken, a void one is dropped
        assertThat(monitor.on(state, new MonitorInput.ReferenceGiven("v2", Optional.empty()))
                        .notes())
                .singleElement()
                .asString()
                .contains("not looked at");
        monitor.on(state, new MonitorInput.ReferenceGiven("v1", Optional.empty()));
        assertThat(state.reference()).isEmpty();
    }

    @Test
    void whatCannotBeRetunedAlarmsAgainAfterEveryCooldownAndAsksForNothing() {
        // given
        monitor = new Monitor(config.withAlarms(
                AlarmPolicy.DEFAULT.withBudget(2, Duration.ofMinutes(60)).withoutRetune()));
        Reference reference = reference("rows", 1, 0.1);
        monitor.on(state, new ChampionChanged("rows", Optional.of(reference), -1));
        Random random = new Random(9);
        // when: 20 windows of 10 minutes
        List<Integer> alarmed = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            MonitorStep step = window(reference, random, 500, 1.5);
            assertThat(step.retune()).isEmpty();
            if (step.alarm().isPresent()) {
                alarmed.add(i);
            }
        }
        // then
        assertThat(alarmed).containsExactly(2, 8, 14, 20);
    }

    @Test
    void aCorrelationThatTurnsRoundIsSignalledAndNotAlarmed() {
        // given
        Schema schema = new Schema(Map.of("a", FeatureType.NUMERIC, "b", FeatureType.NUMERIC));
        MonitorConfig pair = MonitorConfig.of(Task.BINARY, schema, Duration.ofHours(1));
        Monitor watching = new Monitor(pair);
        MonitorState known = MonitorState.initial(pair);
        Random random = new Random(1);
        ReferenceBuilder builder = new ReferenceBuilder(schema, Task.BINARY).withRows(true);
        for (int i = 0; i < 5_000; i++) {
            builder.add(correlated(random, .9), null, null, null);
        }
        Reference reference =
                Reference.fromBytes(builder.build("v1", Instant.EPOCH, now).toBytes());
        assertThat(reference.rows().orElseThrow().size()).isEqualTo(2_000);
        watching.on(known, new ChampionChanged("v1", Optional.of(reference), 1));
        // when: five windows as before, five the other way round
        List<String> drifted = new ArrayList<>();
        for (int w = 0; w < 10; w++) {
            Profile window = reference.emptyProfile(now, now.plusSeconds(3_600));
            RowSample sample = new RowSample(schema, 500, w);
            for (int i = 0; i < 1_000; i++) {
                Map<String, Double> row = correlated(random, w < 5 ? .9 : -.9);
                window.add(row, null, null);
                sample.add(now, row, null, null);
            }
            MonitorStep step = watching.on(known, new WindowClosed(window, "v1", List.of(), Optional.of(sample)));
            assertThat(step.alarm()).isEmpty();
            assertThat(step.signals()).extracting(Signal::feature).contains("model.rows");
            step.signals().stream().filter(Signal::drifted).forEach(s -> drifted.add(s.feature() + " " + s.test()));
            now = now.plusSeconds(3_600);
        }
        // then
        assertThat(drifted).hasSize(5).containsOnly("model.rows fourier-mmd");
    }

    private static Map<String, Double> correlated(Random random, double correlation) {
        double a = random.nextGaussian();
        double b = correlation * a + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
        return Map.of("a", a, "b", b);
    }
}
