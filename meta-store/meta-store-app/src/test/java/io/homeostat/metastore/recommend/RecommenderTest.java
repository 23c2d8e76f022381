package io.homeostat.metastore.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.meta.transfer.IgnoredRecord;
import io.homeostat.metastore.Studies;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecommenderTest {
    private static final Map<String, Object> SPACE = Map.of(
            "num_leaves", Map.of("int", List.of(4, 64)),
            "learning_rate", Map.of("float", List.of(0.0, 1.0)));

    @Test
    void startsWithTheModelsNewestTaskAndPutsTheRolledBackLast() {
        List<MetaRecord> records = List.of(
                record("mon", "loans", 0, Map.of("num_leaves", 20), null),
                record("tue", "loans", 1, Map.of("num_leaves", 30), RolloutStatus.Phase.ROLLED_BACK),
                record(
                        "card",
                        "cards",
                        2,
                        Map.of("num_leaves", 40, "learning_rate", .1),
                        RolloutStatus.Phase.PROMOTED));

        // when
        Answer answer = Recommender.answer(question(5), records);

        // then
        assertThat(answer.configurations())
                .extracting(Answer.Advice::sourceTask)
                .containsExactly("mon", "card", "tue");
        Answer.Advice first = answer.configurations().get(0);
        assertThat(first.configuration()).isEqualTo(Map.of("num_leaves", 20L, "learning_rate", .5));
        assertThat(first.taken()).containsExactly("num_leaves");
        assertThat(first.filled()).containsExactly("learning_rate");
        assertThat(first.distance()).isEqualTo(0);
        assertThat(first.reason()).startsWith("The data moved on from there: best of task mon of model loans");
        assertThat(answer.records()).isEqualTo(3);
    }

    @Test
    void namesWhatItCannotUse() {
        List<MetaRecord> records = List.of(
                record("wide", "loans", 0, Map.of("num_leaves", 1000), null),
                withGoal("odd", "sideways"),
                record("good", "loans", 1, Map.of("num_leaves", 20), null));

        // when
        Answer answer = Recommender.answer(question(5), records);

        // then
        assertThat(answer.configurations())
                .extracting(Answer.Advice::sourceTask)
                .containsExactly("good");
        assertThat(answer.ignored())
                .containsExactly(
                        new IgnoredRecord("odd", "goal: 'sideways' is not one of maximize, minimize."),
                        new IgnoredRecord("wide", "It shares no parameter with the new space."));
        assertThat(answer.ignoredInAll()).isEqualTo(2);
    }

    @Test
    void hasNothingToSayWithoutRecords() {
        assertThat(Recommender.answer(question(5), List.of()).configurations()).isEmpty();
    }

    @Test
    void refusesASpaceThatIsNone() {
        Question reversed =
                new Question("loans", "lightgbm", null, Map.of("num_leaves", Map.of("int", List.of(64, 4))), null);

        assertThatThrownBy(() -> Recommender.answer(reversed, List.of()))
                .hasMessageStartingWith("space.num_leaves: low 64 is above high 4");
    }

    private static Question question(int n) {
        return new Question("loans", "lightgbm", Map.of("logRows", 8.5), SPACE, n);
    }

    private static MetaRecord record(
            String task, String model, int day, Map<String, Object> best, RolloutStatus.Phase outcome) {
        return record(task, model, "maximize", day, best, outcome);
    }

    private static MetaRecord withGoal(String task, String goal) {
        return record(task, "loans", goal, 0, Map.of("num_leaves", 20), null);
    }

    private static MetaRecord record(
            String task, String model, String goal, int day, Map<String, Object> best, RolloutStatus.Phase outcome) {
        return new MetaRecord(
                task,
                model,
                "lightgbm",
                "accuracy",
                goal,
                Studies.T0.plus(Duration.ofDays(day)),
                Map.of("logRows", 8.5),
                SPACE,
                best,
                .9,
                List.of(new MetaRecord.Evaluation(best, .9, 0)),
                1,
                null,
                null,
                outcome);
    }
}
