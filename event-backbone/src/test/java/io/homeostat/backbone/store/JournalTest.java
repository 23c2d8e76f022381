package io.homeostat.backbone.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** States that tell their changes are found as they were, whenever they are looked for. */
class JournalTest {
    private final KeyValueStore<Bytes, byte[]> inner =
            Stores.inMemoryKeyValueStore("inner").get();
    private final HeapStore<Text> store = new HeapStore<>(inner, new TextCodec());
    private int wholes;

    /** A text that grows. */
    private static final class Text {
        private final StringBuilder text = new StringBuilder();
        private int kept;
    }

    private final class TextCodec implements StateCodec<Text> {
        @Override
        public byte[] encode(Text state) {
            wholes++;
            return bytes(state.text.toString());
        }

        @Override
        public Text decode(byte[] bytes) {
            Text state = new Text();
            apply(state, bytes);
            return state;
        }

        @Override
        public void markKept(Text state) {
            state.kept = state.text.length();
        }

        @Override
        public Optional<byte[]> change(Text state) {
            return Optional.of(bytes(state.text.substring(state.kept)));
        }

        @Override
        public void apply(Text state, byte[] change) {
            state.text.append(new String(change, StandardCharsets.UTF_8));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void grow(String key, String by) {
        Text state = store.get(key).orElseGet(Text::new);
        state.text.append(by);
        store.put(key, state);
    }

    private String found(String key) {
        return store.get(key).map(state -> state.text.toString()).orElse("nothing");
    }

    private long pages() {
        long pages = 0;
        try (var all = inner.all()) {
            while (all.hasNext()) {
                pages += all.next().key.get()[0] == 1 ? 1 : 0;
            }
        }
        return pages;
    }

    @Test
    void aCommitOfManyStatesThatGrewIsOnePage() {
        // given
        for (int i = 0; i < 100; i++) {
            grow("k" + i, "one");
        }
        store.flushCache();
        assertThat(wholes).isEqualTo(100);
        assertThat(pages()).isZero();
        // when
        for (int i = 0; i < 100; i++) {
            grow("k" + i, " two");
        }
        store.flushCache();
        // then
        assertThat(wholes).isEqualTo(100);
        assertThat(pages()).isEqualTo(1);
        store.clearCache();
        assertThat(found("k7")).isEqualTo("one two");
        assertThat(found("k99")).isEqualTo("one two");
    }

    @Test
    void whatWasDeletedOrReplacedForgetsItsChanges() {
        // given
        for (String key : new String[] {"deleted", "replaced", "again"}) {
            grow(key, "one");
            store.flushCache();
            grow(key, " two");
            store.flushCache();
        }
        // when
        store.clearCache();
        store.delete("deleted");
        store.put("replaced", new Text());
        store.delete("again");
        grow("again", "new");
        store.flushCache();
        grow("again", "er");
        store.flushCache();
        store.clearCache();
        // then
        assertThat(found("deleted")).isEqualTo("nothing");
        assertThat(found("replaced")).isEmpty();
        assertThat(found("again")).isEqualTo("newer");
    }

    @Test
    void theJournalIsBoundedAndNothingIsLost() {
        // given
        Random random = new Random(1);
        Map<String, StringBuilder> truth = new HashMap<>();
        // when: commits, now and then a crash; a state is deleted before it is large
        for (int commit = 0; commit < 3_000; commit++) {
            for (int i = 0; i < 20; i++) {
                String key = "k" + random.nextInt(50);
                String by = Integer.toString(random.nextInt(10)).repeat(random.nextInt(600));
                if (truth.getOrDefault(key, new StringBuilder()).length() > 20_000) {
                    truth.remove(key);
                    store.delete(key);
                }
                truth.computeIfAbsent(key, k -> new StringBuilder()).append(by);
                grow(key, by);
            }
            store.flushCache();
            if (random.nextInt(300) == 0) {
                store.clearCache();
            }
        }
        store.clearCache();
        // then
        truth.forEach((key, text) -> assertThat(found(key)).isEqualTo(text.toString()));
        long stored = 0;
        try (var all = inner.all()) {
            while (all.hasNext()) {
                stored += all.next().value.length;
            }
        }
        assertThat(stored).isLessThan(4 * 1024 * 1024 + 2 * 50 * 21_000 + 256 * 1024);
        assertThat(pages()).isLessThanOrEqualTo(1_001);
        assertThat(wholes).isLessThan(3_000);
    }

    @Test
    void everyStateIsVisitedOnce() {
        // given
        grow("a", "one");
        store.flushCache();
        grow("a", " two");
        grow("b", "one");
        // when
        Map<String, String> visited = new HashMap<>();
        store.forEach((key, state) ->
                assertThat(visited.put(key, state.text.toString())).isNull());
        // then
        assertThat(visited).isEqualTo(Map.of("a", "one two", "b", "one"));
    }
}
