package io.homeostat.metastore.curate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.metastore.Studies;
import io.homeostat.metastore.record.EndedRollout;
import io.homeostat.metastore.record.FinishedStudy;
import io.homeostat.metastore.record.Lesson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CuratorTest {
    @Test
    void endsWithTheSameRecordsInAnyOrderHoweverOftenHeard() {
        List<Lesson> lessons = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            lessons.add(FinishedStudy.lesson(Studies.finished("s" + i, i, .8 + i / 100.0)));
            EndedRollout.lesson(Studies.rollout("s" + i, RolloutStatus.Phase.PROMOTED, 24 * i + 5, .1))
                    .ifPresent(lessons::add);
        }
        lessons.addAll(lessons);
        Map<String, MetaRecord> expected = hearAll(lessons, new Curator(4));
        assertThat(expected.keySet()).containsExactlyInAnyOrder("s2", "s3", "s4", "s5");
        assertThat(expected.get("s2").liveOutcome()).isEqualTo(RolloutStatus.Phase.PROMOTED);

        for (int seed = 0; seed < 200; seed++) {
            List<Lesson> shuffled = new ArrayList<>(lessons);
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(hearAll(shuffled, new Curator(4))).as("seed " + seed).isEqualTo(expected);
        }
    }

    @Test
    void boundsWhatItAwaits() {
        Curator curator = new Curator(200);
        ModelMemory memory = ModelMemory.EMPTY;
        for (int i = 0; i < 600; i++) {
            Lesson lesson = EndedRollout.lesson(Studies.rollout("s" + i, RolloutStatus.Phase.REFUSED, i, null))
                    .orElseThrow();
            memory = curator.hear(memory, lesson, id -> Optional.empty()).memory();
        }

        assertThat(memory.tasks()).hasSize(500);
        assertThat(memory.tasks().get(0).taskId()).isEqualTo("s100");
    }

    @Test
    void refusesAMemoryOfNothing() {
        assertThatThrownBy(() -> new Curator(0))
                .hasMessage("homeostat.memory.most-per-model: 0.0 is outside 1.0 to 2000.0");
    }

    private static Map<String, MetaRecord> hearAll(List<Lesson> lessons, Curator curator) {
        Map<String, MetaRecord> records = new HashMap<>();
        ModelMemory memory = ModelMemory.EMPTY;
        for (Lesson lesson : lessons) {
            Curation curation = curator.hear(memory, lesson, id -> Optional.ofNullable(records.get(id)));
            memory = curation.memory();
            curation.written().forEach(record -> records.put(record.taskId(), record));
            curation.forgotten().forEach(records::remove);
        }
        return records;
    }
}
