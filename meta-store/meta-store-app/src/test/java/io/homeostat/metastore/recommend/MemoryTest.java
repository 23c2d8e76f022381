package io.homeostat.metastore.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.backbone.memory.RecordIndex;
import io.homeostat.backbone.memory.Unusable;
import io.homeostat.meta.transfer.IgnoredRecord;
import io.homeostat.metastore.Studies;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MemoryTest {
    private static final Map<String, Object> SPACE = Map.of(
            "num_leaves", Map.of("int", List.of(4, 64)),
            "learning_rate", Map.of("float", List.of(0.0, 1.0)));

    private final Memory memory = new Memory();

    @Test
    void startsWithTheModelsNewestTaskUnlessProductionTookItBack() {
        // given
        memory.put(record("mon", "loans", 0, Map.of("num_leaves", 20), null));
        memory.put(record("tue", "loans", 1, Map.of("num_leaves", 30), RolloutStatus.Phase.ROLLED_BACK));
        memory.put(record("card", "cards", 2, Map.of("num_leaves", 40, "learning_rate", .1), null));

        // when
        Answer answer = memory.answer(question(5));

        // then
        Answer.Advice first = answer.configurations().get(0);
        assertThat(first.sourceTask()).isEqualTo("mon");
        assertThat(first.configuration()).isEqualTo(Map.of("num_leaves", 20L, "learning_rate", .5));
        assertThat(first.filled()).containsExactly("learning_rate");
        assertThat(first.distance()).isEqualTo(0);
        assertThat(first.reason())
                .isEqualTo("auto: the best of the model's newest task mon; the best of task mon of model loans"
                        + " (2026-05-01T10:00:00Z)");
        assertThat(answer.configurations()).hasSize(5).doesNotHaveDuplicates();
        assertThat(answer.restsOn())
                .extracting(Answer.Source::taskId, Answer.Source::own)
                .containsExactly(tuple("tue", true), tuple("mon", true), tuple("card", false));
        assertThat(answer.restsOn()).allMatch(source -> source.weight() > 0 && source.distance() == 0);
        assertThat(answer.records()).isEqualTo(3);
    }

    @Test
    void namesWhatItCannotUse() {
        // given
        memory.put(record("wide", "loans", 0, Map.of("num_leaves", 1000), null));
        memory.put(record("nothing-shared", "loans", 0, Map.of("depth", 3), null));
        memory.put(record("good", "loans", 1, Map.of("num_leaves", 20), null));

        // when
        Answer answer = memory.answer(question(5));

        // then
        assertThat(answer.restsOn()).extracting(Answer.Source::taskId).containsExactly("good");
        assertThat(answer.ignored())
                .containsExactly(new IgnoredRecord("wide", "None of its trials lies in the new space."));
        assertThat(answer.passedOver()).isEqualTo(Map.of("It shares no parameter with the new space.", 1));
        assertThat(answer.records()).isEqualTo(3);
    }

    @Test
    void ignoresWhatIsPoisonedAndSaysWhy() {
        // given
        MetaRecord good = record("good", "loans", 1, Map.of("num_leaves", 20), null);
        memory.put(good);
        memory.put(with(good, "odd", "sideways", .9, good.trials()));
        memory.put(with(good, "empty", "maximize", .9, List.of()));
        memory.put(with(good, "infinite", "maximize", Double.POSITIVE_INFINITY, good.trials()));
        memory.put(with(
                good,
                "nan",
                "maximize",
                .9,
                List.of(new MetaRecord.Evaluation(Map.of("num_leaves", 3), Double.NaN, 0))));
        memory.put(RecordIndex.Entry.read("broken", "{\"taskId\": 1}".getBytes(StandardCharsets.UTF_8)));

        // when
        Statistics statistics = memory.statistics(Map.of(), good.at().plusSeconds(60));

        // then
        assertThat(statistics.ignored())
                .isEqualTo(Map.of("goal", 1L, "noTrials", 1L, "notFinite", 2L, "unreadable", 1L));
        assertThat(statistics.ignoredExamples())
                .extracting(Unusable::reason)
                .containsExactly(
                        "goal: 'sideways' is not one of maximize, minimize.",
                        "It has no trials.",
                        "Its best value is Infinity.",
                        "None of its trials has a finite value.",
                        "It cannot be read: taskId: '1' is not a text (put it in quotes)");
        assertThat(statistics.records()).isEqualTo(1);
        assertThat(memory.answer(question(1)).restsOn()).hasSize(1);

        // when: they are written again, or forgotten
        memory.put(with(good, "nan", "maximize", .9, good.trials()));
        memory.put(RecordIndex.Entry.read("broken", null));
        memory.put(with(good, "good", "maximize", Double.NaN, good.trials()));

        // then
        assertThat(memory.statistics(Map.of(), good.at()).ignored())
                .isEqualTo(Map.of("goal", 1L, "noTrials", 1L, "notFinite", 2L));
        assertThat(memory.size()).isEqualTo(1);
        assertThat(memory.unusable()).isEqualTo(4);
    }

    @Test
    void learnsFromDataThatCannotBeCompared() {
        // given
        MetaRecord good = record("good", "cards", 1, Map.of("num_leaves", 20), null);
        memory.put(new MetaRecord(
                "plain",
                good.model(),
                good.trainer(),
                good.metric(),
                good.goal(),
                good.at(),
                Map.of("logRows", Double.NaN),
                good.space(),
                good.bestParameters(),
                good.bestValue(),
                good.trials(),
                null,
                null,
                null,
                null));

        // when
        Answer answer = memory.answer(question(1));

        // then
        assertThat(answer.restsOn().get(0).distance()).isNull();
        assertThat(answer.restsOn().get(0).explanation()).isEqualTo("its data cannot be compared");
        assertThat(memory.statistics(Map.of(), good.at()).withoutMetaFeatures()).isEqualTo(1);
    }

    @Test
    void givesBackWholeRecords() {
        MetaRecord record = record("tue", "loans", 1, Map.of("num_leaves", 30L), RolloutStatus.Phase.REFUSED);
        memory.put(record);

        assertThat(memory.find("tue")).contains(record);
        assertThat(memory.newest(model -> true, 0, 10)).containsExactly(record);
        assertThat(memory.newest(model -> true, 1, 10)).isEmpty();
    }

    @Test
    void hasNothingToSayWithoutRecords() {
        assertThat(memory.answer(question(5)).configurations()).isEmpty();
    }

    @Test
    void seesACorrectedRecordAtOnceHoweverOftenItWasAskedBefore() {
        // given
        memory.put(record("mon", "loans", 0, Map.of("num_leaves", 20), null));
        memory.put(record("card", "cards", 2, Map.of("num_leaves", 40), null));
        List<Answer> before =
                Stream.generate(() -> memory.answer(question(5))).limit(3).toList();
        assertThat(before).containsOnly(before.get(0));

        // when
        memory.put(record("mon", "loans", 0, Map.of("num_leaves", 25), null));

        // then
        assertThat(memory.answer(question(5)).configurations().get(0).configuration())
                .containsEntry("num_leaves", 25L);
    }

    @Test
    void rehearsesWhateverIsThere() {
        // given a record whose space is not known, and one whose space is none
        MetaRecord good = record("good", "loans", 1, Map.of("num_leaves", 20), null);
        memory.put(good);
        memory.put(in(Map.of(), good, "imported"));
        memory.put(in(Map.of("num_leaves", Map.of("int", List.of(64, 4))), good, "reversed"));
        Answer before = memory.answer(question(5));

        // when
        memory.rehearse();

        // then nothing fails, and nobody's answer is another one
        assertThat(memory.answer(question(5))).isEqualTo(before);
    }

    @Test
    void refusesASpaceThatIsNone() {
        Question reversed =
                new Question("loans", "lightgbm", null, Map.of("num_leaves", Map.of("int", List.of(64, 4))), null);

        assertThatThrownBy(() -> memory.answer(reversed))
                .hasMessageStartingWith("space.num_leaves: low 64 is above high 4");
    }

    private static Question question(int n) {
        return new Question("loans", "lightgbm", Map.of("logRows", 8.5), SPACE, n);
    }

    @SuppressWarnings("NullAway")
    private static MetaRecord in(Map<String, Object> space, MetaRecord record, String task) {
        return new MetaRecord(
                task,
                record.model(),
                record.trainer(),
                record.metric(),
                record.goal(),
                record.at(),
                record.metaFeatures(),
                space,
                record.bestParameters(),
                record.bestValue(),
                record.trials(),
                record.started(),
                record.cpuMillis(),
                record.liveGain(),
                record.liveOutcome());
    }

    @SuppressWarnings("NullAway")
    private static MetaRecord with(
            MetaRecord record, String task, String goal, double best, List<MetaRecord.Evaluation> trials) {
        return new MetaRecord(
                task,
                record.model(),
                record.trainer(),
                record.metric(),
                goal,
                record.at(),
                record.metaFeatures(),
                record.space(),
                record.bestParameters(),
                best,
                trials,
                record.started(),
                record.cpuMillis(),
                record.liveGain(),
                record.liveOutcome());
    }

    private static MetaRecord record(
            String task, String model, int day, Map<String, Object> best, RolloutStatus.Phase outcome) {
        return new MetaRecord(
                task,
                model,
                "lightgbm",
                "accuracy",
                "maximize",
                Studies.T0.plus(Duration.ofDays(day)),
                Map.of("logRows", 8.5),
                best.containsKey("depth") ? Map.of("depth", Map.of("int", List.of(1, 9))) : SPACE,
                best,
                .9,
                List.of(new MetaRecord.Evaluation(best, .9, 7)),
                12,
                34L,
                null,
                outcome);
    }
}
