package io.homeostat.detector.join;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * When to forget which key, per model: each model has its own event time, so that one which replays the past does not
 * lose its labels to another that lives today. A model's time is how far its events have come; after a restart it is
 * known again from the first event on, which can only make forgetting later.
 */
final class Expiries {
    private static final long SWEEP_EVERY_MILLIS = 1000;
    private static final int MOST_PER_SWEEP = 20_000;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Map<String, Clock> clocks = new HashMap<>();

    Expiries(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** A key to forget. */
    record Due(String model, long millis, String key) {}

    private static final class Clock {
        private long newest = Long.MIN_VALUE;
        private long sweptAt = Long.MIN_VALUE;
        // nothing that expires before it is left: a search from 0 would walk over everything ever deleted
        private long lowest;
    }

    void put(Due due) {
        Clock clock = clock(due.model());
        clock.lowest = Math.min(clock.lowest, due.millis());
        store.put(bytes(due), new byte[0]);
    }

    void delete(Due due) {
        store.delete(bytes(due));
    }

    /** Moves a model's time on, and says what has expired by it; looked at once per second of event time. */
    List<Due> advance(String model, long millis) {
        Clock clock = clock(model);
        clock.newest = Math.max(clock.newest, millis);
        if (clock.sweptAt != Long.MIN_VALUE && clock.newest < clock.sweptAt + SWEEP_EVERY_MILLIS) {
            return List.of();
        }
        List<Due> due = due(model, clock.lowest, clock.newest);
        boolean more = due.size() == MOST_PER_SWEEP;
        clock.sweptAt = more ? clock.sweptAt : clock.newest;
        clock.lowest = more ? due.get(due.size() - 1).millis() : clock.newest;
        return due;
    }

    private Clock clock(String model) {
        return clocks.computeIfAbsent(model, m -> new Clock());
    }

    private List<Due> due(String model, long from, long to) {
        List<Due> due = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> range =
                store.range(bytes(new Due(model, Math.max(0, from), "")), bytes(new Due(model, to, "")))) {
            while (range.hasNext() && due.size() < MOST_PER_SWEEP) {
                due.add(read(model, range.next().key));
            }
        }
        return due;
    }

    private static Bytes bytes(Due due) {
        byte[] model = due.model().getBytes(StandardCharsets.UTF_8);
        byte[] key = due.key().getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(model.length + 1 + Long.BYTES + key.length)
                .put(model)
                .put((byte) 0)
                .putLong(due.millis())
                .put(key)
                .array());
    }

    private static Due read(String model, Bytes bytes) {
        int start = model.getBytes(StandardCharsets.UTF_8).length + 1;
        ByteBuffer buffer = ByteBuffer.wrap(bytes.get());
        int text = start + Long.BYTES;
        String key = new String(bytes.get(), text, bytes.get().length - text, StandardCharsets.UTF_8);
        return new Due(model, buffer.getLong(start), key);
    }
}
