package io.homeostat.metastore.curate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.metastore.Studies;
import io.homeostat.metastore.record.EndedRollout;
import io.homeostat.metastore.record.FinishedStudy;
import io.homeostat.metastore.record.Lesson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CuratorTest {
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Instant NOW = Studies.T0.plus(Duration.ofDays(30));

    @Test
    void endsWithTheSameRecordsInAnyOrderHoweverOftenHeard() {
        List<Lesson> lessons = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            lessons.add(FinishedStudy.lesson(Studies.finished("s" + i, i, .8 + i / 100.0)));
            EndedRollout.lesson(Studies.rollout("s" + i, RolloutStatus.Phase.PROMOTED, 24 * i + 5, .1))
                    .ifPresent(lessons::add);
        }
        lessons.addAll(lessons);
        Map<String, MetaRecord> expected = hearAll(lessons, new Curator(4, YEAR));
        assertThat(expected.keySet()).containsExactlyInAnyOrder("s2", "s3", "s4", "s5");
        assertThat(expected.get("s2").liveOutcome()).isEqualTo(RolloutStatus.Phase.PROMOTED);

        for (int seed = 0; seed < 200; seed++) {
            List<Lesson> shuffled = new ArrayList<>(lessons);
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(hearAll(shuffled, new Curator(4, YEAR)))
                    .as("seed " + seed)
                    .isEqualTo(expected);
        }
    }

    @Test
    void boundsWhatItAwaits() {
        Curator curator = new Curator(200, YEAR);
        ModelMemory memory = ModelMemory.EMPTY;
        for (int i = 0; i < 600; i++) {
            Lesson lesson = EndedRollout.lesson(Studies.rollout("s" + i, RolloutStatus.Phase.REFUSED, i, null))
                    .orElseThrow();
            memory = curator.hear(memory, lesson, NOW, id -> Optional.empty()).memory();
        }

        assertThat(memory.tasks()).hasSize(500);
        assertThat(memory.tasks().get(0).taskId()).isEqualTo("s100");
    }

    @Test
    void refusesAMemoryOfNothing() {
        assertThatThrownBy(() -> new Curator(0, YEAR))
                .hasMessage("homeostat.memory.most-per-model: 0 is outside 1 to 2000");
    }

    @Test
    void refusesToForgetAtOnce() {
        assertThatThrownBy(() -> new Curator(200, Duration.ofHours(1)))
                .hasMessage("homeostat.memory.keep: PT1H is less than a day; write for example 730d");
        assertThatThrownBy(() -> new Curator(200, Duration.ofSeconds(Long.MAX_VALUE)))
                .hasMessageEndingWith("is longer than 36500d");
    }

    @Test
    void forgetsWhatIsOldAndSaysSo() {
        // given
        Curator curator = new Curator(200, Duration.ofDays(10));
        ModelMemory memory = ModelMemory.EMPTY;
        for (int day = 0; day < 5; day++) {
            Lesson lesson = FinishedStudy.lesson(Studies.finished("s" + day, day, .9));
            memory = curator.hear(memory, lesson, Studies.T0, id -> Optional.empty())
                    .memory();
        }

        // when
        Curation curation = curator.forgetOld(memory, "loans", Studies.T0.plus(Duration.ofDays(12)));

        // then
        assertThat(curation.forgotten()).containsExactly("s0", "s1");
        assertThat(curation.memory().remembered()).isEqualTo(3);
        assertThat(curation.ledger().get(0).reason())
                .isEqualTo("study s0 of 2026-05-01T10:01:00Z is forgotten: records are kept for 10 days");
        assertThat(curator.forgetOld(curation.memory(), "loans", Studies.T0.plus(Duration.ofDays(12)))
                        .isNothing())
                .isTrue();
    }

    @Test
    void doesNotRememberWhatIsTooOldWhenItComes() {
        // given
        Curator curator = new Curator(200, Duration.ofDays(10));
        Lesson lesson = FinishedStudy.lesson(Studies.finished("s0", 0, .9));
        Instant late = Studies.T0.plus(Duration.ofDays(11));

        // when
        Curation curation = curator.hear(ModelMemory.EMPTY, lesson, late, id -> Optional.empty());

        // then
        assertThat(curation.written()).isEmpty();
        assertThat(curation.ignored()).isEqualTo(Map.of("study.tooOld", 1));
        assertThat(curation.ledger().get(0).reason())
                .isEqualTo(
                        "study s0 is not remembered: it ended 2026-05-01T10:01:00Z, and records are kept for 10 days");
        assertThat(curator.hear(curation.memory(), lesson, late, id -> Optional.empty()))
                .isEqualTo(Curation.duplicate(curation.memory()));
    }

    @Test
    void countsWhatItLeavesOut() {
        Lesson lesson = FinishedStudy.lesson(Studies.study(
                "s0",
                0,
                true,
                List.of(
                        Studies.trial(0, "complete", .9),
                        Studies.trial(1, "complete", Double.POSITIVE_INFINITY),
                        Studies.trial(2, "pruned", .9),
                        Studies.trial(3, "pruned", .9),
                        Studies.trial(4, "failed", null))));

        // when
        Curation curation = new Curator(4, YEAR).hear(ModelMemory.EMPTY, lesson, NOW, id -> Optional.empty());

        // then
        assertThat(curation.ignored()).isEqualTo(Map.of("trial.notFinite", 1, "trial.pruned", 2, "trial.failed", 1));
        assertThat(curation.ledger().get(0).reason())
                .isEqualTo("study s0: 1 trial, best accuracy 0.9; left out: 1 failed, 1 notFinite, 2 pruned");
    }

    private static Map<String, MetaRecord> hearAll(List<Lesson> lessons, Curator curator) {
        Map<String, MetaRecord> records = new HashMap<>();
        ModelMemory memory = ModelMemory.EMPTY;
        for (Lesson lesson : lessons) {
            Curation curation = curator.hear(memory, lesson, NOW, id -> Optional.ofNullable(records.get(id)));
            memory = curation.memory();
            curation.written().forEach(record -> records.put(record.taskId(), record));
            curation.forgotten().forEach(records::remove);
        }
        return records;
    }
}
