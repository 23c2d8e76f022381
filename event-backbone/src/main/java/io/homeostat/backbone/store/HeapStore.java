package io.homeostat.backbone.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * A key-value store whose values live on the heap as objects and are written, with their changelog, only when the task
 * commits: an event costs no serialisation, and what is stored always matches the committed offsets.
 *
 * <p>Kafka Streams flushes a {@link CachedStateStore} in {@code prepareCommit}, before it sends the offsets to the
 * transaction; that is the moment at which the changed states are encoded. A task that is closed uncleanly drops its
 * heap; the next one starts from the changelog, at the offsets committed with it.
 */
public final class HeapStore<T> implements StateStore, CachedStateStore<byte[], byte[]> {
    private static final String SELDOM = "\0"; // no key begins like this
    private static final byte[] NOTHING = {};

    private final KeyValueStore<Bytes, byte[]> inner;
    private final StateCodec<T> codec;
    private final Map<String, Held<T>> heap = new HashMap<>();
    private final List<Held<T>> changed = new ArrayList<>();

    /** A state on the heap. */
    private static final class Held<T> {
        private final String key;
        private T state;
        private byte[] seldom = NOTHING; // as it was written last
        private boolean changed;

        private Held(String key, T state) {
            this.key = key;
            this.state = state;
        }
    }

    HeapStore(KeyValueStore<Bytes, byte[]> inner, StateCodec<T> codec) {
        this.inner = inner;
        this.codec = codec;
    }

    /** The state of a key. Change it in place, then call {@link #put}. */
    public Optional<T> get(String key) {
        Held<T> held = heap.get(key);
        if (held == null) {
            byte[] bytes = inner.get(bytes(key));
            if (bytes == null) {
                return Optional.empty();
            }
            byte[] seldom = storedSeldom(key);
            held = new Held<>(key, codec.decode(bytes, seldom));
            held.seldom = seldom.length == 0 ? seldom : codec.encodeSeldom(held.state);
            heap.put(key, held);
        }
        return Optional.of(held.state);
    }

    private byte[] storedSeldom(String key) {
        byte[] stored = inner.get(bytes(SELDOM + key));
        return stored == null ? NOTHING : stored;
    }

    /** Holds a state, to be written at the next commit. */
    public void put(String key, T state) {
        Held<T> held = heap.get(key);
        if (held == null) {
            held = new Held<>(key, state);
            held.seldom = storedSeldom(key);
            heap.put(key, held);
        }
        held.state = state;
        if (!held.changed) {
            held.changed = true;
            changed.add(held);
        }
    }

    /** Forgets a key. */
    public void delete(String key) {
        Held<T> held = heap.remove(key);
        if (held != null && held.changed) {
            changed.remove(held);
        }
        inner.delete(bytes(key));
        if (held == null || held.seldom.length > 0) {
            inner.delete(bytes(SELDOM + key));
        }
    }

    /** Visits every key and state. The visitor may call {@link #put} but not {@link #delete}. */
    public void forEach(BiConsumer<String, T> visitor) {
        flushCache();
        try (KeyValueIterator<Bytes, byte[]> all = inner.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> next = all.next();
                String key = new String(next.key.get(), StandardCharsets.UTF_8);
                if (!key.startsWith(SELDOM)) {
                    visitor.accept(key, get(key).orElseThrow());
                }
            }
        }
    }

    private static Bytes bytes(String key) {
        return Bytes.wrap(key.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void flushCache() {
        for (Held<T> held : changed) {
            writeSeldom(held);
            inner.put(bytes(held.key), codec.encodeRest(held.state));
            held.changed = false;
        }
        changed.clear();
    }

    @SuppressWarnings("ReferenceEquality") // the codec gives the same array until it has changed
    private void writeSeldom(Held<T> held) {
        byte[] now = codec.encodeSeldom(held.state);
        if (now != held.seldom && !(now.length == 0 && held.seldom.length == 0)) {
            if (now.length == 0) {
                inner.delete(bytes(SELDOM + held.key));
            } else {
                inner.put(bytes(SELDOM + held.key), now);
            }
            held.seldom = now;
        }
    }

    @Override
    public void clearCache() {
        heap.clear();
        changed.clear();
    }

    @Override
    public boolean setFlushListener(@Nullable CacheFlushListener<byte[], byte[]> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        inner.init(context, root);
    }

    @Override
    public void flush() {
        flushCache();
        inner.flush();
    }

    @Override
    public void close() {
        clearCache();
        inner.close();
    }

    @Override
    public boolean persistent() {
        return inner.persistent();
    }

    @Override
    public boolean isOpen() {
        return inner.isOpen();
    }
}
