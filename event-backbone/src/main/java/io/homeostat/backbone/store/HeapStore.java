package io.homeostat.backbone.store;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final KeyValueStore<Bytes, byte[]> inner;
    private final StateCodec<T> codec;
    private final Map<String, T> heap = new HashMap<>();
    private final Set<String> changed = new HashSet<>();

    HeapStore(KeyValueStore<Bytes, byte[]> inner, StateCodec<T> codec) {
        this.inner = inner;
        this.codec = codec;
    }

    /** The state of a key. Change it in place, then call {@link #put}. */
    public Optional<T> get(String key) {
        T held = heap.get(key);
        if (held == null) {
            byte[] bytes = inner.get(bytes(key));
            if (bytes != null) {
                held = codec.decode(bytes);
                heap.put(key, held);
            }
        }
        return Optional.ofNullable(held);
    }

    /** Holds a state, to be written at the next commit. */
    public void put(String key, T state) {
        heap.put(key, state);
        changed.add(key);
    }

    /** Forgets a key. */
    public void delete(String key) {
        heap.remove(key);
        changed.remove(key);
        inner.delete(bytes(key));
    }

    /** Visits every key and state. The visitor may call {@link #put} but not {@link #delete}. */
    public void forEach(BiConsumer<String, T> visitor) {
        flushCache();
        try (KeyValueIterator<Bytes, byte[]> all = inner.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> next = all.next();
                String key = new String(next.key.get(), StandardCharsets.UTF_8);
                visitor.accept(key, get(key).orElseThrow());
            }
        }
    }

    private static Bytes bytes(String key) {
        return Bytes.wrap(key.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void flushCache() {
        for (String key : changed) {
            T state = heap.get(key);
            if (state != null) {
                inner.put(bytes(key), codec.encode(state));
            }
        }
        changed.clear();
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
