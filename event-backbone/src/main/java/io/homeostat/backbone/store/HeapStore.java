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
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A key-value store whose values live on the heap as objects and are written, with their changelog, only when the task
 * commits: an event costs no serialisation. A state whose codec tells its changes is written whole once, then only what
 * changed, into a {@link Journal}.
 */
public final class HeapStore<T> extends CommitStore {
    private static final String SELDOM = "\0"; // no key begins like this
    private static final byte[] NOTHING = {};
    private static final Object UNKNOWN = new Object(); // something may have been written, by whom is not known
    private static final int SMALL_BYTES = 8 * 1024; // a change of so many is noted, however small the state was
    private static final long JOURNAL_BYTES = 4 * 1024 * 1024; // beside as many as the states have

    private final StateCodec<T> codec;
    private final Map<String, Held<T>> heap = new HashMap<>();
    private final List<Held<T>> changed = new ArrayList<>();
    private final Journal journal;
    private long wholeBytes; // of all states on the heap

    /** A state on the heap. */
    private static final class Held<T> {
        private final String key;
        private T state;
        private @Nullable Object seldom; // what stood for it when it was written last
        private int wholeBytes; // as it was written whole; 0 if the state, as this object, never was
        private boolean changed;

        private Held(String key, T state) {
            this.key = key;
            this.state = state;
        }
    }

    HeapStore(KeyValueStore<Bytes, byte[]> inner, StateCodec<T> codec) {
        super(inner);
        this.codec = codec;
        this.journal = new Journal(inner);
    }

    /** The state of a key. Change it in place, then call {@link #put}. */
    public Optional<T> get(String key) {
        return held(key).map(held -> held.state);
    }

    private Optional<Held<T>> held(String key) {
        Held<T> held = heap.get(key);
        if (held == null) {
            byte[] bytes = inner.get(bytes(key));
            if (bytes == null) {
                return Optional.empty();
            }
            held = restored(key, bytes);
            heap.put(key, held);
        }
        return Optional.of(held);
    }

    private Held<T> restored(String key, byte[] bytes) {
        byte[] seldom = storedSeldom(key);
        Held<T> held = new Held<>(key, codec.decode(bytes, seldom));
        held.seldom = seldom.length == 0 ? null : codec.seldom(held.state);
        journal.load();
        journal.take(key).forEach(change -> codec.apply(held.state, change));
        codec.markKept(held.state);
        countWhole(held, bytes.length);
        return held;
    }

    private void countWhole(Held<T> held, int bytes) {
        wholeBytes += bytes - held.wholeBytes;
        held.wholeBytes = bytes;
    }

    private byte[] storedSeldom(String key) {
        byte[] stored = inner.get(bytes(SELDOM + key));
        return stored == null ? NOTHING : stored;
    }

    /** Holds a state, to be written at the next commit. */
    @SuppressWarnings("ReferenceEquality") // another object knows nothing of what was written
    public void put(String key, T state) {
        Held<T> held = heap.get(key);
        if (held == null) {
            held = new Held<>(key, state);
            held.seldom = UNKNOWN;
            heap.put(key, held);
        }
        if (held.state != state) {
            held.state = state;
            countWhole(held, 0);
        }
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
        if (held != null) {
            countWhole(held, 0);
        }
        journal.load();
        journal.forget(key);
        inner.delete(bytes(key));
        if (held == null || held.seldom != null) {
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
                if (!key.startsWith(SELDOM) && !key.startsWith(Journal.PREFIX)) {
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
            journal.load();
            writeSeldom(held);
            write(held);
            held.changed = false;
        }
        changed.clear();
        journal.flush(JOURNAL_BYTES + wholeBytes, key -> held(key).ifPresent(this::writeWhole));
    }

    private void write(Held<T> held) {
        byte[] change =
                held.wholeBytes == 0 ? NOTHING : codec.change(held.state).orElse(NOTHING);
        if (change.length > 0 && change.length < Math.max(SMALL_BYTES, held.wholeBytes)) {
            journal.add(held.key, change);
            codec.markKept(held.state);
        } else {
            writeWhole(held);
        }
    }

    private void writeWhole(Held<T> held) {
        byte[] whole = codec.encodeRest(held.state);
        inner.put(bytes(held.key), whole);
        journal.forget(held.key);
        codec.markKept(held.state);
        countWhole(held, whole.length);
    }

    @SuppressWarnings("ReferenceEquality") // the codec gives the same object until it has changed
    private void writeSeldom(Held<T> held) {
        Object now = codec.seldom(held.state);
        if (now != held.seldom) {
            if (now != null) {
                inner.put(bytes(SELDOM + held.key), codec.encodeSeldom(held.state));
            } else if (held.seldom != UNKNOWN || storedSeldom(held.key).length > 0) {
                inner.delete(bytes(SELDOM + held.key));
            }
            held.seldom = now;
        }
    }

    @Override
    public void clearCache() {
        heap.clear();
        changed.clear();
        journal.clear();
        wholeBytes = 0;
    }
}
