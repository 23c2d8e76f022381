package io.homeostat.backbone.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.backbone.serde.Json;
import io.homeostat.meta.index.Near;
import io.homeostat.meta.transfer.Target;
import io.homeostat.meta.transfer.TaskRecord;
import io.homeostat.study.space.Space;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordIndexTest {
    private static final Instant T0 = Instant.parse("2026-05-01T10:00:00Z");
    private static final Map<String, Object> SPACE = Map.of("leaves", Map.of("int", List.of(4, 64)));
    private static final Target TARGET = new Target("loans", "lightgbm", Map.of("logRows", 8.5), Space.parse(SPACE));

    private final RecordIndex index = new RecordIndex();

    @Test
    void givesBackWhatWasReadFromTheTopic() {
        MetaRecord record = record("tue", 1, RolloutStatus.Phase.REFUSED);
        take("tue", Json.text(record));

        assertThat(index.find("tue").map(Json::text)).contains(Json.text(record));
        assertThat(index.newest(model -> true, 0, 9)).extracting(Json::text).containsExactly(Json.text(record));
        assertThat(index.outcomes()).isEqualTo(Map.of(Optional.of(RolloutStatus.Phase.REFUSED), 1L));
    }

    @Test
    void ofManyTrialsTheBestKeepTheirNumbers() {
        // given
        List<MetaRecord.Evaluation> many = IntStream.range(0, 600)
                .mapToObj(i -> new MetaRecord.Evaluation(Map.of("leaves", 30L), i / 1000.0, i))
                .toList();

        // when
        take("tue", Json.text(record("tue", 1, null, many)));

        // then
        assertThat(index.find("tue").orElseThrow().trials())
                .hasSize(TaskRecord.MOST_TRIALS)
                .allSatisfy(trial -> assertThat(trial.trial()).isEqualTo((int) Math.round(1000 * trial.value())))
                .extracting(MetaRecord.Evaluation::trial)
                .contains(599, 100)
                .doesNotContain(99);
    }

    @Test
    void theNewestRecordOfATaskIsTheOneThatCounts() {
        take("mon", Json.text(record("mon", 0, null)));
        take("tue", Json.text(record("tue", 1, null)));
        take("mon", Json.text(record("mon", 2, null)));

        assertThat(near()).containsExactly("mon", "tue");
    }

    @Test
    void whatCannotBeReadTakesThePlaceOfWhatWasThereAndIsSaid() {
        // given
        take("mon", Json.text(record("mon", 0, null)));
        take("tue", Json.text(record("tue", 1, null)));

        // when
        take("mon", "{\"taskId\": ");
        take("wed", "[]");

        // then
        assertThat(near()).containsExactly("tue");
        assertThat(index.find("mon")).isEmpty();
        assertThat(index.unusable()).extracting(Unusable::taskId).containsExactly("mon", "wed");
        assertThat(index.unusable())
                .allMatch(each -> each.isUnreadable() && each.reason().startsWith("It cannot be read: "));

        // when they are written again, and forgotten
        take("mon", Json.text(record("mon", 2, null)));
        take("wed", null);

        // then
        assertThat(near()).containsExactly("mon", "tue");
        assertThat(index.unusables()).isZero();
    }

    @Test
    void whatIsForgottenIsGone() {
        take("mon", Json.text(record("mon", 0, null)));
        take("tue", Json.text(record("tue", 1, null)));

        take("mon", null);
        assertThat(near()).containsExactly("tue");

        index.clear();
        assertThat(index.size()).isZero();
        assertThat(index.outcomes()).isEmpty();
    }

    private void take(String task, String json) {
        index.put(RecordIndex.Entry.read(task, json == null ? null : json.getBytes(StandardCharsets.UTF_8)));
    }

    private List<String> near() {
        Near near = index.near(TARGET, 9, 9);
        return near.outlines().stream().map(TaskRecord::taskId).toList();
    }

    private static MetaRecord record(String task, int day, RolloutStatus.Phase outcome) {
        return record(task, day, outcome, List.of(new MetaRecord.Evaluation(Map.of("leaves", 30L), .9, 7)));
    }

    private static MetaRecord record(
            String task, int day, RolloutStatus.Phase outcome, List<MetaRecord.Evaluation> trials) {
        return new MetaRecord(
                task,
                "loans",
                "lightgbm",
                "accuracy",
                "maximize",
                T0.plus(Duration.ofDays(day)),
                Map.of("logRows", 8.5),
                Map.of("leaves", Map.of("int", List.of(4, 64))),
                Map.of("leaves", 30L),
                .9,
                trials,
                12,
                34L,
                null,
                outcome);
    }
}
