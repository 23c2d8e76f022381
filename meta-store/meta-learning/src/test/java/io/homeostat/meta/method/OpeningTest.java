package io.homeostat.meta.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.meta.transfer.EvaluatedConfiguration;
import io.homeostat.meta.transfer.Goal;
import io.homeostat.meta.transfer.LiveOutcome;
import io.homeostat.meta.transfer.Past;
import io.homeostat.meta.transfer.Target;
import io.homeostat.meta.transfer.TaskRecord;
import io.homeostat.study.sampler.Suggestion;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OpeningTest {
    private static final Space SPACE = Space.parse(Map.of(
            "rate",
            Map.of("float", List.of(0.001, 1), "log", true),
            "depth",
            Map.of("int", List.of(1, 30)),
            "kind",
            Map.of("categorical", List.of("a", "b", "c"))));

    /** A task whose best points lie around a place of the unit cube. */
    private static TaskRecord task(String id, String model, int day, double best, LiveOutcome outcome) {
        SplittableRandom random = new SplittableRandom(id.hashCode());
        List<EvaluatedConfiguration> trials = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            Configuration configuration = SPACE.sample(random);
            double[] unit = SPACE.toUnit(configuration);
            double loss = Math.pow(unit[0] - best, 2) + .3 * Math.pow(unit[1] - best, 2);
            trials.add(new EvaluatedConfiguration(configuration.values(), loss));
        }
        return new TaskRecord(
                id,
                model,
                "lightgbm",
                Instant.ofEpochSecond(day * 86_400L),
                Map.of("logRows", 8.0 + day / 10.0),
                Map.of(),
                0,
                Goal.MINIMIZE,
                trials,
                null,
                outcome,
                SPACE.toMap());
    }

    private static Past past(String model, List<TaskRecord> records) {
        return Past.of(new Target(model, "lightgbm", Map.of("logRows", 8.0), SPACE), records);
    }

    private static List<TaskRecord> records(LiveOutcome newest) {
        List<TaskRecord> records = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            records.add(task("cards-" + i, "cards", i, .3 + i / 50.0, LiveOutcome.PROMOTED));
        }
        records.add(task("loans-1", "loans", 7, .4, LiveOutcome.PROMOTED));
        records.add(task("loans-2", "loans", 8, .45, newest));
        return records;
    }

    @Test
    void triesDifferentConfigurationsAndSaysWhichAreNotFromThePast() {
        Past past = past("loans", records(LiveOutcome.PROMOTED));

        // when
        Opening opening = Opening.of(past, 10, 1);

        // then
        assertThat(opening.trials()).hasSize(10);
        assertThat(opening.trials().stream().map(Suggestion::configuration).distinct())
                .hasSize(10);
        assertThat(opening.trials().get(0).reason()).isEqualTo("auto: the best of the model's newest task loans-2");
        assertThat(opening.trials().stream().filter(Opening::cold)).hasSizeBetween(1, 3);
        assertThat(Opening.cold(opening.trials().get(0))).isFalse();
        assertThat(Opening.cold(opening.trials().get(5))).isTrue();
        assertThat(opening.weights()).hasSameSizeAs(past.tasks()).contains(1.0).allMatch(w -> w > 0 && w <= 1);
        assertThat(Opening.of(past, 10, 1)).isEqualTo(opening);
    }

    @Test
    void doesNotBeginWithAWinnerThatProductionTookBack() {
        Opening opening = Opening.of(past("loans", records(LiveOutcome.ROLLED_BACK)), 1, 1);

        assertThat(opening.trials().get(0).reason()).isEqualTo("auto: the best of the model's newest task loans-1");
    }

    @Test
    void beginsWithAPortfolioForANewModel() {
        Opening opening = Opening.of(past("new", records(LiveOutcome.PROMOTED)), 5, 1);

        assertThat(opening.trials()).allMatch(trial -> trial.reason().startsWith("auto: portfolio: number "));
    }

    @Test
    void hasNoPointTwiceAlsoWhereTheSpaceHasFew() {
        // given: eight tasks, which cannot be told apart at one point
        Space one = Space.parse(Map.of("depth", Map.of("constant", 3)));
        Space two = Space.parse(Map.of("depth", Map.of("int", List.of(3, 4))));
        List<TaskRecord> records = new ArrayList<>();
        for (TaskRecord record : records(LiveOutcome.PROMOTED)) {
            List<EvaluatedConfiguration> trials = List.of(new EvaluatedConfiguration(Map.of("depth", 3), .5));
            records.add(record.with(Map.of("depth", 3), trials));
        }

        for (Space space : List.of(one, two)) {
            // when
            Opening opening =
                    Opening.of(Past.of(new Target("loans", "lightgbm", Map.of("logRows", 8.0), space), records), 10, 1);

            // then
            assertThat(opening.trials()).hasSize((int) space.size().orElseThrow());
            assertThat(opening.trials().stream().map(Suggestion::configuration)).doesNotHaveDuplicates();
        }
    }

    @Test
    void isNothingWithoutAPast() {
        assertThat(Opening.of(past("loans", List.of()), 5, 1)).isEqualTo(new Opening(List.of(), List.of()));
    }

    @Test
    void isBounded() {
        assertThatThrownBy(() -> Opening.of(past("loans", List.of()), 51, 1)).hasMessage("n: 51 is not in 1 to 50.");
    }
}
