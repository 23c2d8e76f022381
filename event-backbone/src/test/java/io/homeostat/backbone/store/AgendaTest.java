package io.homeostat.backbone.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class AgendaTest {
    private final KeyValueStore<Bytes, byte[]> inner =
            Stores.inMemoryKeyValueStore("inner").get();
    private final Agenda agenda = new Agenda(inner);

    private long entries() {
        long entries = 0;
        try (var all = inner.all()) {
            while (all.hasNext()) {
                all.next();
                entries++;
            }
        }
        return entries;
    }

    @Test
    void whatIsDueIsTakenOnceWrittenOrNot() {
        // given
        agenda.add("m", 1_500, "a");
        agenda.flushCache();
        agenda.add("m", 1_700, "b");
        agenda.add("m", 2_001, "c");
        agenda.add("other", 1_500, "d");
        // then
        assertThat(agenda.take("m", 1_999, 10)).isEmpty();
        assertThat(agenda.take("m", 2_000, 10)).containsExactly("a", "b");
        assertThat(agenda.take("m", 2_999, 10)).isEmpty();
        assertThat(agenda.take("m", 3_000, 10)).containsExactly("c");
        assertThat(agenda.take("m", 1L << 50, 10)).isEmpty();
        assertThat(agenda.take("other", 3_000, 10)).containsExactly("d");
    }

    @Test
    void manyNotesOfACommitAreOneEntry() {
        for (int i = 0; i < 1_000; i++) {
            agenda.add("m", 500, "key " + i);
        }
        agenda.flushCache();
        assertThat(entries()).as("with the number of the next").isEqualTo(2);
        assertThat(agenda.take("m", 1_000, 2_000)).hasSize(1_000);
        assertThat(entries()).isEqualTo(1);
    }

    @Test
    void whatIsTooMuchAtOnceIsTakenSecondBySecond() {
        // given
        for (int i = 0; i < 90; i++) {
            agenda.add("m", 1_000 + 100 * i, "key " + i);
            if (i % 7 == 0) {
                agenda.flushCache();
            }
        }
        // when
        List<String> taken = new ArrayList<>();
        int takes = 0;
        for (List<String> due = agenda.take("m", 20_000, 15); !due.isEmpty(); due = agenda.take("m", 20_000, 15)) {
            taken.addAll(due);
            takes++;
        }
        // then
        assertThat(taken).hasSize(90).doesNotHaveDuplicates();
        assertThat(takes).isBetween(2, 6);
    }

    /* Against a map that knows everything, over commits and crashes after them. */
    @Test
    void nothingIsLostOrTakenTwice() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            TreeMap<Long, List<String>> truth = new TreeMap<>();
            long now = 10_000;
            for (int step = 0; step < 400; step++) {
                now += random.nextInt(800);
                for (int i = random.nextInt(5); i > 0; i--) {
                    long at = now + random.nextInt(20_000) - 3_000;
                    String key = step + "/" + i;
                    agenda.add("m" + seed, at, key);
                    truth.computeIfAbsent((at + 999) / 1000 * 1000, any -> new ArrayList<>())
                            .add(key);
                }
                if (random.nextInt(3) == 0) {
                    agenda.flushCache();
                    if (random.nextInt(5) == 0) {
                        agenda.clearCache();
                    }
                }
                if (random.nextInt(4) == 0) {
                    var due = truth.headMap(now, true);
                    List<String> expected =
                            due.values().stream().flatMap(List::stream).toList();
                    assertThat(agenda.take("m" + seed, now, 1_000_000)).containsExactlyInAnyOrderElementsOf(expected);
                    due.clear();
                }
            }
        }
    }
}
