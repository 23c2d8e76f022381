package io.homeostat.meta.transfer;

import static io.homeostat.meta.transfer.Records.ask;
import static io.homeostat.meta.transfer.Records.rate;
import static io.homeostat.meta.transfer.Records.rates;
import static io.homeostat.meta.transfer.Records.record;
import static io.homeostat.meta.transfer.Records.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WarmStartTest {
    private static final TaskRecord MONDAY = task("monday", "loans", 1, 8.9, .10, .11, .12);
    private static final TaskRecord TUESDAY = task("tuesday", "loans", 2, 9.0, .20, .21, .22, .23);
    private static final TaskRecord NEAR = task("near", "cards", 1, 9.1, .30, .31);
    private static final TaskRecord FAR = task("far", "fraud", 3, 14.0, .40, .41);

    @Test
    void thePreviousTaskComesFirstThenTheLineageThenTheNearest() {
        // given
        List<TaskRecord> records = List.of(FAR, NEAR, MONDAY, TUESDAY);

        // when
        Recommendation recommendation = WarmStart.recommend(ask(10), records);

        // then
        assertThat(rates(recommendation)).containsExactly(.20, .21, .22, .10, .30, .40, .31, .41);
        assertThat(recommendation.configurations())
                .extracting(WarmConfiguration::sourceTask)
                .startsWith("tuesday", "tuesday", "tuesday", "monday", "near", "far");
        assertThat(recommendation.ignored()).isEmpty();
    }

    @Test
    void noMoreThanAskedForAreGiven() {
        // given
        List<TaskRecord> records = List.of(FAR, NEAR, MONDAY, TUESDAY);

        // when, then
        assertThat(rates(WarmStart.recommend(ask(2), records))).containsExactly(.20, .21);
        assertThat(rates(WarmStart.recommend(ask(0), records))).isEmpty();
        assertThat(WarmStart.recommend(ask(5), List.of()).configurations()).isEmpty();
    }

    @Test
    void theReasonIsASentence() {
        // given
        List<TaskRecord> records = List.of(TUESDAY, NEAR);

        // when
        List<WarmConfiguration> given = WarmStart.recommend(ask(4), records).configurations();

        // then
        assertThat(given.get(1).reason())
                .isEqualTo("The data moved on from there: second best of task tuesday of model loans "
                        + "(2026-01-03T00:00:00Z); tuesday is 0.00 spreads away; no shared meta-feature differs.");
        assertThat(given.get(3).reason())
                .isEqualTo("Found for another model: best of task near of model cards (2026-01-02T00:00:00Z); "
                        + "near is 0.22 spreads away; it differs most in logRows 9.000 against 9.100 (0.2 spreads).");
        assertThat(given.get(3).distance()).isBetween(.22, .23);
    }

    @Test
    void aTaskThatFailedInProductionComesLast() {
        // given
        TaskRecord rolledBack = task("tuesday", "loans", 2, 9.0, LiveOutcome.ROLLED_BACK, .20, .21);

        // when
        Recommendation recommendation = WarmStart.recommend(ask(10), List.of(rolledBack, MONDAY, NEAR));

        // then
        assertThat(rates(recommendation)).containsExactly(.10, .11, .12, .30, .31, .20);
        assertThat(recommendation.configurations().get(5).reason())
                .startsWith("Its winner failed in production, so it comes last: best of task tuesday");
    }

    @Test
    void aLossInProductionCountsUnlessItWasPromoted() {
        // given
        TaskRecord record = MONDAY;

        // when, then
        assertThat(outcome(record, -.1, null).wentBadly()).isTrue();
        assertThat(outcome(record, -.1, LiveOutcome.UNDECIDED).wentBadly()).isTrue();
        assertThat(outcome(record, .1, LiveOutcome.ROLLED_BACK).wentBadly()).isTrue();
        assertThat(outcome(record, -.001, LiveOutcome.PROMOTED).wentBadly()).isFalse();
        assertThat(outcome(record, Double.NaN, null).wentBadly()).isFalse();
        assertThat(record.wentBadly()).isFalse();
    }

    @Test
    void theSameConfigurationIsGivenOnce() {
        // given: whole numbers, and the last digits of a number that went through a logarithm
        Map<String, Object> a = Map.of("learning_rate", .1, "num_leaves", 31);
        Map<String, Object> b = Map.of("learning_rate", Math.exp(Math.log(.1)) * (1 + 1e-12), "num_leaves", 31.0);
        TaskRecord one = winner("one", a);
        TaskRecord two = winner("two", b);

        // when
        Recommendation recommendation = WarmStart.recommend(ask(5), List.of(one, two));

        // then
        assertThat(recommendation.configurations()).hasSize(1);
    }

    @Test
    void aConfigurationIsCutToWhatTheNewSpaceCanTake() {
        // given
        TaskRecord record = winner("one", Map.of("learning_rate", .5, "num_leaves", 31, "gone", "x"));
        Request request = new Request(
                "loans",
                "lightgbm",
                Map.of(),
                5,
                (name, value) -> !name.equals("gone") && !(name.equals("learning_rate") && (Double) value > .3));

        // when
        Recommendation recommendation = WarmStart.recommend(request, List.of(record));

        // then
        assertThat(recommendation.configurations())
                .extracting(WarmConfiguration::parameters)
                .containsExactly(Map.of("num_leaves", 31));
        assertThat(recommendation.configurations().get(0).distance()).isNull();
        assertThat(recommendation.configurations().get(0).reason()).endsWith("its data cannot be compared.");
    }

    @Test
    void aWinnerLessGoodThanATrialStillComesFirst() {
        // given: the winner was confirmed on newer data than the trials were judged on
        List<EvaluatedConfiguration> trials =
                List.of(new EvaluatedConfiguration(rate(.2), .8), new EvaluatedConfiguration(rate(.1), .9));
        TaskRecord record = record("t", "loans", "lightgbm", 1, Map.of(), rate(.2), .8, trials, null);

        // when, then
        assertThat(rates(WarmStart.recommend(ask(5), List.of(record)))).containsExactly(.2, .1);
    }

    @Test
    void smallerIsBetterWhereTheGoalSaysSo() {
        // given
        List<EvaluatedConfiguration> trials = List.of(
                new EvaluatedConfiguration(rate(.3), 3),
                new EvaluatedConfiguration(rate(.2), 2),
                new EvaluatedConfiguration(rate(.1), 1));
        TaskRecord record = new TaskRecord(
                "t",
                "loans",
                "lightgbm",
                MONDAY.at(),
                Map.of(),
                rate(.1),
                1,
                Goal.MINIMIZE,
                trials,
                null,
                null,
                Map.of());

        // when, then
        assertThat(rates(WarmStart.recommend(ask(5), List.of(record)))).containsExactly(.1, .2, .3);
        assertThat(Goal.parse("minimize")).isEqualTo(Goal.MINIMIZE);
        assertThatThrownBy(() -> Goal.parse("Maximise"))
                .hasMessage("goal: 'Maximise' is not one of maximize, minimize.");
    }

    @Test
    void poisonedRecordsAreIgnoredWithAReason() {
        // given
        List<EvaluatedConfiguration> fine = List.of(new EvaluatedConfiguration(rate(.1), 1));
        List<EvaluatedConfiguration> broken = List.of(
                new EvaluatedConfiguration(rate(.1), Double.NaN),
                new EvaluatedConfiguration(rate(.2), Double.POSITIVE_INFINITY));
        List<EvaluatedConfiguration> foreign = List.of(new EvaluatedConfiguration(Map.of("depth", 3), 1));
        List<TaskRecord> records = List.of(
                record("a", "loans", "xgboost", 9, Map.of(), rate(.1), 1, fine, null),
                record("b", "loans", "lightgbm", 8, Map.of(), rate(.1), 1, List.of(), null),
                record("c", "loans", "lightgbm", 7, Map.of(), rate(.1), Double.NaN, fine, null),
                record("d", "loans", "lightgbm", 6, Map.of(), rate(.1), 1, broken, null),
                record("e", "loans", "lightgbm", 5, Map.of(), Map.of("depth", 3), 1, foreign, null),
                MONDAY,
                task("monday", "loans", 0, 1, .7));

        // when
        Recommendation recommendation = WarmStart.recommend(ask(5), records);

        // then
        assertThat(recommendation.ignored())
                .containsExactly(
                        new IgnoredRecord("a", "Its trainer is xgboost, not lightgbm."),
                        new IgnoredRecord("b", "It has no trials."),
                        new IgnoredRecord("c", "Its best value is NaN."),
                        new IgnoredRecord("d", "None of its trials has a finite value."),
                        new IgnoredRecord("e", "It shares no parameter with the new space."),
                        new IgnoredRecord("monday", "A newer record of the same task is there."));
        assertThat(rates(recommendation)).containsExactly(.10, .11, .12);
    }

    @Test
    void poisonInsideOfARecordIsLeftOut() {
        // given
        Map<String, Object> poisoned = new HashMap<>();
        poisoned.put("learning_rate", Double.NaN);
        poisoned.put("num_leaves", null);
        Map<String, Double> metaFeatures = new HashMap<>();
        metaFeatures.put("logRows", Double.POSITIVE_INFINITY);
        metaFeatures.put("logColumns", null);
        List<EvaluatedConfiguration> trials = List.of(
                new EvaluatedConfiguration(poisoned, 9),
                new EvaluatedConfiguration(Map.of("learning_rate", List.of(1)), 8),
                new EvaluatedConfiguration(rate(.9), Double.POSITIVE_INFINITY),
                new EvaluatedConfiguration(rate(.1), 1));

        // when
        TaskRecord record = record("t", "loans", "lightgbm", 1, metaFeatures, poisoned, 9, trials, null);

        // then
        assertThat(record.metaFeatures()).isEmpty();
        assertThat(rates(WarmStart.recommend(ask(5), List.of(record)))).containsExactly(.1);
    }

    @Test
    void ofTooManyTrialsTheBestAreKept() {
        // given
        List<EvaluatedConfiguration> trials = new ArrayList<>();
        trials.add(new EvaluatedConfiguration(rate(.9), Double.NaN));
        IntStream.range(0, 900).forEach(i -> trials.add(new EvaluatedConfiguration(rate(i), i)));

        // when
        TaskRecord record = record("t", "loans", "lightgbm", 1, Map.of(), rate(899), 899, trials, null);

        // then
        assertThat(record.trials()).hasSize(500);
        assertThat(record.trials().get(0).value()).isEqualTo(899);
        assertThat(record.trials().get(499).value()).isEqualTo(400);
    }

    @Test
    void theNewestTenThousandRecordsAreEnoughAndQuick() {
        // given
        List<TaskRecord> records = new ArrayList<>();
        IntStream.range(0, 10_150)
                .forEach(i -> records.add(task("t" + i, i == 0 ? "loans" : "m" + i % 50, i, i % 20, .1 + i * 1e-5)));

        // when
        long start = System.nanoTime();
        Recommendation recommendation = WarmStart.recommend(ask(5), records);
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        // then: the model's own task is among the oldest 150
        assertThat(recommendation.configurations()).hasSize(5).allMatch(warm -> warm.distance() == 0);
        assertThat(recommendation.ignoredInAll()).isEqualTo(150);
        assertThat(recommendation.ignored()).hasSize(100);
        assertThat(recommendation.ignored().get(0))
                .isEqualTo(new IgnoredRecord("t149", "It is older than the newest 10000 records."));
        assertThat(took).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void anyOrderGivesTheSameDistinctConfigurationsOverManySeeds() {
        for (long seed = 0; seed < 100; seed++) {
            // given
            Random random = new Random(seed);
            List<TaskRecord> records = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                LiveOutcome outcome = LiveOutcome.values()[random.nextInt(3)];
                double[] rates = random.doubles(1 + random.nextInt(5))
                        .map(x -> Math.rint(x * 20))
                        .sorted()
                        .toArray();
                records.add(
                        task("t" + i, "m" + random.nextInt(4), random.nextInt(9), random.nextInt(4), outcome, rates));
            }
            int n = random.nextInt(12);
            Request request = new Request("m1", "lightgbm", Map.of("logRows", 2.0), n, (name, value) -> true);

            // when
            Recommendation first = WarmStart.recommend(request, records);
            Collections.shuffle(records, random);
            Recommendation second = WarmStart.recommend(request, records);

            // then
            assertThat(second).isEqualTo(first);
            assertThat(first.configurations()).hasSizeLessThanOrEqualTo(n);
            assertThat(new HashSet<>(rates(first))).hasSameSizeAs(first.configurations());
        }
    }

    @Test
    void aRequestForTooManyIsRefused() {
        // given, when, then
        assertThatThrownBy(() -> ask(-1)).hasMessage("n: -1 is not in 0 to 1000.");
    }

    private static TaskRecord winner(String id, Map<String, Object> parameters) {
        return record(
                id,
                "loans",
                "lightgbm",
                1,
                Map.of("logRows", 9.0),
                parameters,
                1,
                List.of(new EvaluatedConfiguration(parameters, 1)),
                null);
    }

    private static TaskRecord outcome(TaskRecord record, Double gain, LiveOutcome outcome) {
        return new TaskRecord(
                record.taskId(),
                record.model(),
                record.trainer(),
                record.at(),
                record.metaFeatures(),
                record.bestParameters(),
                record.bestValue(),
                record.goal(),
                record.trials(),
                gain,
                outcome,
                record.space());
    }
}
