package io.homeostat.backbone.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A state with a part that seldom changes: it is written when it has, and found again. */
class HeapStoreTest {
    private final KeyValueStore<Bytes, byte[]> inner =
            Stores.inMemoryKeyValueStore("inner").get();
    private final List<String> encoded = new ArrayList<>();
    private final List<String> read = new ArrayList<>();
    private final HeapStore<Pair> store = new HeapStore<>(noting(inner, read), new PairCodec());

    /** The store, with a note of every key that is read. */
    @SuppressWarnings("unchecked") // a proxy's type is known at run time only
    private static KeyValueStore<Bytes, byte[]> noting(KeyValueStore<Bytes, byte[]> inner, List<String> read) {
        return (KeyValueStore<Bytes, byte[]>) Proxy.newProxyInstance(
                HeapStoreTest.class.getClassLoader(),
                new Class<?>[] {KeyValueStore.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("get")) {
                        read.add(text(((Bytes) arguments[0]).get()));
                    }
                    return method.invoke(inner, arguments);
                });
    }

    /** Two texts, the first of which seldom changes; where that is empty there is none. */
    private static final class Pair {
        private byte[] seldom;
        private String often;

        Pair(String seldom, String often) {
            this.seldom = bytes(seldom);
            this.often = often;
        }

        @Override
        public String toString() {
            return text(seldom) + "+" + often;
        }
    }

    private final class PairCodec implements StateCodec<Pair> {
        @Override
        public byte[] encode(Pair state) {
            return bytes(state.toString());
        }

        @Override
        public Pair decode(byte[] bytes) {
            return decode(bytes, new byte[0]);
        }

        @Override
        public @Nullable Object seldom(Pair state) {
            return state.seldom.length == 0 ? null : state.seldom;
        }

        @Override
        public byte[] encodeSeldom(Pair state) {
            return state.seldom;
        }

        @Override
        public byte[] encodeRest(Pair state) {
            encoded.add(state.often);
            return bytes(state.often);
        }

        @Override
        public Pair decode(byte[] rest, byte[] seldom) {
            return new Pair(text(seldom), text(rest));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String afterACrash(String key) {
        store.flushCache();
        store.clearCache();
        return store.get(key).map(Pair::toString).orElse("nothing");
    }

    @Test
    void bothPartsAreFoundAgain() {
        store.put("a", new Pair("reference", "1"));
        store.put("b", new Pair("", "1"));
        assertThat(afterACrash("a")).isEqualTo("reference+1");
        assertThat(afterACrash("b")).isEqualTo("+1");
        assertThat(afterACrash("c")).isEqualTo("nothing");
    }

    @Test
    void whatSeldomChangesIsWrittenOnlyThen() {
        // given
        Pair pair = new Pair("reference", "1");
        store.put("a", pair);
        store.flushCache();
        inner.put(Bytes.wrap(bytes("\0a")), bytes("as it was written"));
        // when
        pair.often = "2";
        store.put("a", pair);
        store.put("a", pair);
        // then
        assertThat(afterACrash("a")).isEqualTo("as it was written+2");
        assertThat(encoded).containsExactly("1", "2");
        // when
        Pair found = store.get("a").orElseThrow();
        found.seldom = bytes("another");
        store.put("a", found);
        // then
        assertThat(afterACrash("a")).isEqualTo("another+2");
    }

    @Test
    void aPartThatIsGoneDoesNotComeBack() {
        // given
        store.put("a", new Pair("reference", "1"));
        store.put("b", new Pair("reference", "1"));
        store.flushCache();
        store.clearCache();
        // when: one state is replaced unseen, the other is deleted
        store.put("a", new Pair("", "2"));
        store.delete("b");
        store.put("b", new Pair("", "2"));
        // then
        assertThat(afterACrash("a")).isEqualTo("+2");
        assertThat(afterACrash("b")).isEqualTo("+2");
    }

    @Test
    void aPartThatSeldomChangesIsNotReadWhereItIsWritten() {
        // given
        store.put("a", new Pair("reference", "1"));
        store.flushCache();
        store.clearCache();
        read.clear();

        // when: one state is replaced unseen, the other is new
        store.put("a", new Pair("another", "2"));
        store.put("b", new Pair("reference", "1"));
        store.flushCache();

        // then
        assertThat(read).doesNotContain("\0a", "\0b");
        assertThat(afterACrash("a")).isEqualTo("another+2");
        assertThat(afterACrash("b")).isEqualTo("reference+1");
    }

    @Test
    void everyStateIsVisitedOnce() {
        // given
        store.put("a", new Pair("reference", "1"));
        store.put("b", new Pair("", "2"));
        // when
        List<String> visited = new ArrayList<>();
        store.forEach((key, pair) -> visited.add(key + "=" + pair));
        // then
        assertThat(visited).containsExactlyInAnyOrder("a=reference+1", "b=+2");
    }
}
