package io.homeostat.meta.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.meta.transfer.EvaluatedConfiguration;
import io.homeostat.meta.transfer.Goal;
import io.homeostat.meta.transfer.Past;
import io.homeostat.meta.transfer.Target;
import io.homeostat.meta.transfer.TaskRecord;
import io.homeostat.study.sampler.BudgetLeft;
import io.homeostat.study.sampler.Sampler;
import io.homeostat.study.sampler.SamplerRequest;
import io.homeostat.study.sampler.Suggestion;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import io.homeostat.study.trial.RunningTrial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** What every way of transfer keeps to; its test extends this. */
abstract class TransferContract {
    private static final List<io.homeostat.study.objective.Goal> LESS =
            List.of(io.homeostat.study.objective.Goal.MINIMIZE);

    /** Its registered name. */
    abstract String name();

    /** The space that is searched. */
    static final Space SPACE = space(Map.of());

    static final Space CONDITIONAL = Space.parse(Map.of(
            "kernel", Map.of("categorical", List.of("rbf", "poly")),
            "degree", Map.of("int", List.of(2, 5), "when", Map.of("kernel", "poly")),
            "c", Map.of("float", List.of(0.01, 100), "log", true)));

    /** The same space with some parameters written otherwise; null takes one out. */
    static Space space(Map<String, Object> changes) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("rate", Map.of("float", List.of(0.001, 1), "log", true));
        map.put("depth", Map.of("int", List.of(1, 12)));
        map.put("kind", Map.of("categorical", List.of("a", "b", "c")));
        map.putAll(changes);
        map.values().removeIf(written -> written.equals("gone"));
        return Space.parse(map);
    }

    /** Least, 0, at rate .1, depth 6 and kind b. */
    static double bowl(Configuration configuration) {
        double sum = 0;
        for (Map.Entry<String, Object> entry : configuration.values().entrySet()) {
            double number = entry.getValue() instanceof Number value ? value.doubleValue() : 1;
            sum += switch (entry.getKey()) {
                case "rate" -> Math.pow(Math.log10(number) + 1, 2);
                case "depth" -> Math.pow((number - 6) / 6, 2);
                case "kind" -> entry.getValue().equals("b") ? 0 : 0.5;
                case "c" -> Math.pow(Math.log10(number), 2);
                case "kernel" -> entry.getValue().equals("poly") ? 0 : 1;
                default -> 0.1;
            };
        }
        return sum;
    }

    static TaskRecord record(String id, Space space, int trials, ToDoubleFunction<Configuration> objective) {
        SplittableRandom random = new SplittableRandom(id.hashCode());
        List<EvaluatedConfiguration> evaluated = new ArrayList<>();
        for (int i = 0; i < trials; i++) {
            Configuration configuration = space.sample(random);
            evaluated.add(new EvaluatedConfiguration(configuration.values(), objective.applyAsDouble(configuration)));
        }
        return record(id, "loans", Map.of("logRows", 8 + id.hashCode() % 5 / 5.0), space, evaluated);
    }

    static TaskRecord record(
            String id,
            String model,
            Map<String, Double> metaFeatures,
            Space space,
            List<EvaluatedConfiguration> evaluated) {
        return new TaskRecord(
                id,
                model,
                "lightgbm",
                Instant.EPOCH.plusSeconds(id.hashCode() % 1000),
                metaFeatures,
                Map.of(),
                0,
                Goal.MINIMIZE,
                evaluated,
                null,
                null,
                space.toMap());
    }

    static List<TaskRecord> records() {
        List<TaskRecord> records = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            double shift = 0.1 * i;
            records.add(record("task" + i, SPACE, 20, c -> bowl(c) * (1 + shift) + shift));
        }
        return records;
    }

    static Past past(Space space, List<TaskRecord> records) {
        return Past.of(new Target("loans", "lightgbm", Map.of("logRows", 8.0), space), records);
    }

    final Sampler sampler(Space space, List<TaskRecord> records) {
        return new TransferSpec(name(), Map.of()).transfer().sampler(past(space, records));
    }

    static SamplerRequest request(History history, List<RunningTrial> running, long seed) {
        int number = history.size() + running.size();
        return new SamplerRequest(
                history, running, seed, number, BudgetLeft.trials(Math.max(1, 60 - number)), running.size() + 1);
    }

    static History run(Sampler sampler, Space space, int trials, ToDoubleFunction<Configuration> objective) {
        History history = History.empty(space, LESS);
        for (int number = 0; number < trials; number++) {
            Suggestion next = sampler.suggest(request(history, List.of(), 1));
            assertThat(space.validate(next.configuration().values())).isEqualTo(next.configuration());
            assertThat(next.reason()).isNotBlank();
            FinishedTrial trial =
                    FinishedTrial.complete(number, next.configuration(), objective.applyAsDouble(next.configuration()));
            history = history.plus(trial.withNotes(next.notes()));
        }
        return history;
    }

    static List<Configuration> points(History history) {
        return history.stream().map(FinishedTrial::configuration).toList();
    }

    @Test
    void theSamePastInAnyOrderGivesTheSameStudyAndAnotherSamplerGoesOnAlike() {
        // given
        List<TaskRecord> shuffled = new ArrayList<>(records());
        Collections.shuffle(shuffled, new Random(3));

        // when
        History one = run(sampler(SPACE, records()), SPACE, 12, TransferContract::bowl);
        History other = run(sampler(SPACE, shuffled), SPACE, 12, TransferContract::bowl);
        Suggestion fresh =
                sampler(SPACE, shuffled).suggest(request(History.of(SPACE, LESS, one.subList(0, 11)), List.of(), 1));

        // then
        assertThat(points(other)).isEqualTo(points(one));
        assertThat(fresh.configuration()).isEqualTo(one.get(11).configuration());
    }

    @Test
    void aPastWhereTheSameIsGoodHelps() {
        // when
        History warm = run(sampler(SPACE, records()), SPACE, 8, TransferContract::bowl);

        // then: the best of eight random points is .4 on average
        assertThat(warm.stream().mapToDouble(FinishedTrial::value).min().orElseThrow())
                .isLessThan(0.3);
    }

    @Test
    void changedSpacesAreSearchedInside() {
        List<Map<String, Object>> changes = List.of(
                Map.of("added", Map.of("float", List.of(0, 1))),
                Map.of("depth", "gone"),
                Map.of("rate", Map.of("float", List.of(0.05, 0.2), "log", true)),
                Map.of("rate", Map.of("float", List.of(1e-6, 10), "log", true)),
                Map.of("depth", "gone", "levels", Map.of("int", List.of(1, 12))),
                Map.of("kind", Map.of("categorical", List.of("b", "d"))),
                Map.of("rate", Map.of("categorical", List.of("low", "high"))),
                Map.of("depth", Map.of("constant", 6)));
        for (Map<String, Object> change : changes) {
            // when
            Space space = space(change);
            History history = run(sampler(space, records()), space, 10, TransferContract::bowl);

            // then
            assertThat(points(history)).doesNotHaveDuplicates();
        }
    }

    @Test
    void conditionsAreKept() {
        // given
        List<TaskRecord> records = List.of(
                record("one", CONDITIONAL, 15, TransferContract::bowl),
                record("two", CONDITIONAL, 15, TransferContract::bowl));

        // when
        History history = run(sampler(CONDITIONAL, records), CONDITIONAL, 12, TransferContract::bowl);

        // then
        assertThat(points(history)).doesNotHaveDuplicates();
    }

    @Test
    void poisonedRecordsChangeNothingAndAreCountedWithReasons() {
        // given
        List<EvaluatedConfiguration> infinite = List.of(
                new EvaluatedConfiguration(Map.of("rate", 0.5), Double.NEGATIVE_INFINITY),
                new EvaluatedConfiguration(Map.of("rate", 0.4), Double.NaN));
        List<TaskRecord> poisoned = new ArrayList<>(records());
        poisoned.add(record("infinite", "loans", Map.of(), SPACE, infinite));
        poisoned.add(record("empty", "loans", Map.of(), SPACE, List.of()));
        poisoned.add(record(
                "foreign", "loans", Map.of(), SPACE, List.of(new EvaluatedConfiguration(Map.of("something", 1), 1))));
        poisoned.add(record(
                "outside",
                "loans",
                Map.of(),
                SPACE,
                List.of(new EvaluatedConfiguration(Map.of("rate", 1e9, "depth", 3), 1))));

        // when
        Past past = past(SPACE, poisoned);
        History with = run(new TransferSpec(name(), Map.of()).transfer().sampler(past), SPACE, 6, c -> bowl(c));
        History without = run(sampler(SPACE, records()), SPACE, 6, c -> bowl(c));

        // then
        assertThat(points(with)).isEqualTo(points(without));
        assertThat(past.ignoredInAll()).isEqualTo(4);
        assertThat(past.ignored())
                .extracting(record -> record.taskId() + ": " + record.reason())
                .containsExactlyInAnyOrder(
                        "infinite: None of its trials has a finite value.",
                        "empty: It has no trials.",
                        "foreign: It shares no parameter with the new space.",
                        "outside: None of its trials lies in the new space.");
    }

    @Test
    void withoutAnyUsableRecordItSearchesCold() {
        // given
        Sampler none = sampler(SPACE, List.of());
        Space elsewhere = Space.parse(Map.of("x", Map.of("float", List.of(0, 1))));

        // when
        History cold = run(none, SPACE, 8, TransferContract::bowl);
        History nothingShared = run(sampler(elsewhere, records()), elsewhere, 8, c -> 1);

        // then
        assertThat(points(cold)).doesNotHaveDuplicates();
        assertThat(points(nothingShared)).doesNotHaveDuplicates();
    }

    @Test
    void noMetaFeatureOneTrialTheSameValueAndHugeValuesAreNoObstacle() {
        // given
        List<TaskRecord> odd = new ArrayList<>();
        odd.add(record(
                "single",
                "cards",
                Map.of(),
                SPACE,
                List.of(new EvaluatedConfiguration(Map.of("rate", 0.5, "depth", 3, "kind", "a"), 1))));
        odd.add(record("flat", SPACE, 10, c -> 7));
        odd.add(record("huge", SPACE, 10, c -> bowl(c) > 1 ? Double.MAX_VALUE : -1e300));
        odd.add(record(
                "bare",
                "cards",
                Map.of("odd", Double.NaN),
                SPACE,
                records().get(0).trials()));

        // when
        Past past = Past.of(new Target("loans", "lightgbm", Map.of(), SPACE), odd);
        History history = run(new TransferSpec(name(), Map.of()).transfer().sampler(past), SPACE, 10, c -> bowl(c));

        // then
        assertThat(points(history)).doesNotHaveDuplicates();
    }

    @Test
    void parallelTrialsAndFailuresAreNoObstacle() {
        // given
        Sampler sampler = sampler(SPACE, records());
        List<RunningTrial> running = new ArrayList<>();
        History history = History.empty(SPACE, LESS);

        // when
        for (int i = 0; i < 6; i++) {
            Suggestion next = sampler.suggest(request(history, running, 4));
            running.add(new RunningTrial(i, next.configuration(), List.of(), next.notes()));
        }
        for (RunningTrial trial : running) {
            history = history.plus(
                    trial.number() % 2 == 0
                            ? FinishedTrial.failed(trial.number(), trial.configuration())
                                    .withNotes(trial.notes())
                            : FinishedTrial.pruned(trial.number(), trial.configuration(), 5, 1)
                                    .withNotes(trial.notes()));
        }
        Suggestion next = sampler.suggest(request(history, List.of(), 4));

        // then
        assertThat(running.stream().map(RunningTrial::configuration)).doesNotHaveDuplicates();
        assertThat(SPACE.contains(next.configuration().values())).isTrue();
    }

    @Test
    void aSpaceOfFewPointsIsTriedOut() {
        // given
        Space few = Space.parse(Map.of("depth", Map.of("int", List.of(5, 8)), "rate", Map.of("constant", 0.1)));
        List<TaskRecord> records = List.of(record("few", few, 6, TransferContract::bowl));

        // when
        History history = run(sampler(few, records), few, 4, TransferContract::bowl);

        // then
        assertThat(points(history)).doesNotHaveDuplicates();
        run(sampler(few, records), few, 7, TransferContract::bowl);
    }
}
