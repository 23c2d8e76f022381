package io.homeostat.meta.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.study.space.Space;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PastTest {
    private static final Map<String, Object> WRITTEN = Map.of(
            "learning_rate",
            Map.of("float", List.of(0.001, 1), "log", true),
            "num_leaves",
            Map.of("int", List.of(2, 64)));
    private static final Space SPACE = Space.parse(WRITTEN);

    private static TaskRecord record(
            String id, String model, long at, double rows, Map<String, Object> space, Map<String, Object> parameters) {
        return new TaskRecord(
                id,
                model,
                "lightgbm",
                Instant.ofEpochSecond(at),
                Map.of("logRows", rows),
                Map.of(),
                0,
                Goal.MAXIMIZE,
                List.of(new EvaluatedConfiguration(parameters, 0.9)),
                null,
                null,
                space);
    }

    private static TaskRecord record(String id, String model, long at, double rows) {
        return record(id, model, at, rows, WRITTEN, Map.of("learning_rate", 0.1, "num_leaves", 31));
    }

    private static Past past(Space space, List<TaskRecord> records) {
        return Past.of(new Target("loans", "lightgbm", Map.of("logRows", 8.0), space), records);
    }

    private static List<String> ids(Past past) {
        return past.tasks().stream().map(task -> task.record().taskId()).toList();
    }

    @Test
    void aWinnerThatFailedInProductionIsAsGoodAsTheMedian() {
        assertThat(order(null, null)).containsExactly(.1, .2, .3);
        assertThat(order(LiveOutcome.PROMOTED, -.1)).containsExactly(.1, .2, .3);
        assertThat(order(LiveOutcome.ROLLED_BACK, null)).containsExactly(.2, .1, .3);
        assertThat(order(null, -.1)).containsExactly(.2, .1, .3);
    }

    /* The learning rates of three trials, best first, of which the first was the winner. */
    private static List<Double> order(@Nullable LiveOutcome outcome, @Nullable Double gain) {
        Map<String, Object> winner = Map.of("learning_rate", .1, "num_leaves", 31);
        List<EvaluatedConfiguration> trials = List.of(
                new EvaluatedConfiguration(winner, .9),
                new EvaluatedConfiguration(Map.of("learning_rate", .2, "num_leaves", 31), .8),
                new EvaluatedConfiguration(Map.of("learning_rate", .3, "num_leaves", 31), .7));
        TaskRecord record = new TaskRecord(
                "t",
                "loans",
                "lightgbm",
                Instant.EPOCH,
                Map.of(),
                winner,
                .9,
                Goal.MAXIMIZE,
                trials,
                gain,
                outcome,
                WRITTEN);
        PastTask task = past(SPACE, List.of(record)).tasks().get(0);
        assertThat(task.values()).isSorted();
        return task.configurations().stream()
                .map(configuration -> (Double) configuration.values().get("learning_rate"))
                .toList();
    }

    @Test
    void theModelsOwnTasksComeFirstNewestFirstThenOthersNearestFirst() {
        // when
        Past past = past(
                SPACE,
                List.of(
                        record("far", "cards", 9, 12),
                        record("old", "loans", 1, 12),
                        record("near", "cards", 2, 8.1),
                        record("new", "loans", 3, 3)));

        // then
        assertThat(ids(past)).containsExactly("new", "old", "near", "far");
        assertThat(past.distances().get(2).orElseThrow())
                .isLessThan(past.distances().get(3).orElseThrow());
        assertThat(past.newestFirst().get(0).record().taskId()).isEqualTo("far");
    }

    @Test
    void aBusyModelDoesNotCrowdOutTheOthersButFillsWhatTheyLeave() {
        // given
        List<TaskRecord> records = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            records.add(record("own" + i, "loans", i, 8));
        }
        for (int i = 0; i < 10; i++) {
            records.add(record("other" + i, "cards", i, 8));
        }

        // when
        Past past = past(SPACE, records);

        // then
        assertThat(past.tasks()).hasSize(Past.MOST_TASKS);
        assertThat(ids(past)).contains("own99", "other0", "other9").doesNotContain("own0");
        assertThat(ids(past).stream().filter(id -> id.startsWith("own")).distinct())
                .hasSize(Past.MOST_TASKS - 10);
    }

    @Test
    void valuesAreTurnedSoThatLessIsBetterAndTheBestComesFirst() {
        // given
        TaskRecord record = new TaskRecord(
                "t",
                "loans",
                "lightgbm",
                Instant.EPOCH,
                Map.of(),
                Map.of(),
                0,
                Goal.MAXIMIZE,
                List.of(
                        new EvaluatedConfiguration(Map.of("learning_rate", 0.1, "num_leaves", 8), 0.7),
                        new EvaluatedConfiguration(Map.of("learning_rate", 0.2, "num_leaves", 8), 0.8),
                        new EvaluatedConfiguration(Map.of("learning_rate", 0.3, "num_leaves", 8), Double.NaN)),
                null,
                null,
                Map.of());

        // when
        PastTask task = past(SPACE, List.of(record)).tasks().get(0);

        // then
        assertThat(task.values()).containsExactly(-0.8, -0.7);
        assertThat(task.configurations().get(0).values()).containsEntry("learning_rate", 0.2);
    }

    @Test
    void aRenamedParameterIsFoundAgainUnlessTwoCouldBeIt() {
        // given
        Space renamed = Space.parse(
                Map.of("eta", WRITTEN.getOrDefault("learning_rate", ""), "num_leaves", Map.of("int", List.of(2, 64))));
        Space unclear = Space.parse(Map.of(
                "eta",
                WRITTEN.getOrDefault("learning_rate", ""),
                "decay",
                WRITTEN.getOrDefault("learning_rate", ""),
                "num_leaves",
                Map.of("int", List.of(2, 64))));

        // when
        PastTask task =
                past(renamed, List.of(record("t", "loans", 1, 8))).tasks().get(0);
        PastTask lost =
                past(unclear, List.of(record("t", "loans", 1, 8))).tasks().get(0);

        // then
        assertThat(task.configurations().get(0).values()).containsEntry("eta", 0.1);
        assertThat(task.knows("eta")).isTrue();
        assertThat(lost.knows("eta")).isFalse();
        assertThat(lost.knows("num_leaves")).isTrue();
    }

    @Test
    void aNewParameterSaysNothing() {
        // given
        Space wider = Space.parse(Map.of(
                "learning_rate",
                WRITTEN.getOrDefault("learning_rate", ""),
                "num_leaves",
                Map.of("int", List.of(2, 64)),
                "shrink",
                Map.of("float", List.of(0, 1))));
        PastTask task = past(wider, List.of(record("t", "loans", 1, 8))).tasks().get(0);
        int shrink = wider.names().indexOf("shrink");
        double[] low = {0.5, 0.5, 0.5};
        double[] high = low.clone();
        low[shrink] = 0;
        high[shrink] = 1;

        // then
        assertThat(task.complete()).isFalse();
        assertThat(task.surrogate().at(low)).isEqualTo(task.surrogate().at(high));
    }

    @Test
    void recordsOfAnotherTrainerAndOlderOnesOfATaskAreNamed() {
        // given
        TaskRecord foreign = new TaskRecord(
                "xgb",
                "loans",
                "xgboost",
                Instant.EPOCH,
                Map.of(),
                Map.of(),
                0,
                Goal.MAXIMIZE,
                List.of(),
                null,
                null,
                Map.of());

        // when
        Past past = past(SPACE, List.of(record("t", "loans", 2, 8), record("t", "loans", 1, 8), foreign));

        // then
        assertThat(past.ignored())
                .containsExactly(
                        new IgnoredRecord("t", "A newer record of the same task is there."),
                        new IgnoredRecord("xgb", "Its trainer is xgboost, not lightgbm."));
        assertThat(past.ignoredInAll()).isEqualTo(2);
    }
}
