package io.homeostat.backbone.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What is to be looked at when: keys by owner and time. What was noted between two commits for the same second is one entry
 * of the store, so that a note costs its bytes and not a write. Nothing is crossed out: whoever takes a key that is due asks
 * whether it still is.
 */
public final class Agenda extends CommitStore {
    private static final Bytes NEXT = Bytes.wrap(new byte[] {0}); // no owner is empty
    private static final long PAGE_MILLIS = 1000;
    private static final int LARGE_BYTES = 256 * 1024;

    private final Map<String, TreeMap<Long, Notes>> unwritten = new HashMap<>(); // by owner and page
    private final Map<String, Long> lowest = new HashMap<>(); // by owner: no page before it is left
    private long next = -1; // number of a page's part; not known yet

    /** Keys, length and bytes of each. */
    private static final class Notes {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        void add(String key) {
            try {
                new DataOutputStream(bytes).writeUTF(key);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    Agenda(KeyValueStore<Bytes, byte[]> inner) {
        super(inner);
    }

    /** Notes a key, at most 20,000 characters, to be looked at when an owner's time has come so far, or up to a second later. */
    public void add(String owner, long millis, String key) {
        long page = Math.floorDiv(millis + PAGE_MILLIS - 1, PAGE_MILLIS) * PAGE_MILLIS;
        lowest.computeIfPresent(owner, (any, known) -> Math.min(known, page));
        Notes notes =
                unwritten.computeIfAbsent(owner, any -> new TreeMap<>()).computeIfAbsent(page, any -> new Notes());
        notes.add(key);
        if (notes.bytes.size() >= LARGE_BYTES) {
            write(owner, page, notes);
            notes.bytes.reset();
        }
    }

    /**
     * Takes what is due, the oldest first.
     *
     * @param most where to stop: the second in which so many are reached is still taken whole
     * @return the keys; fewer than {@code most} if no more are due
     */
    public List<String> take(String owner, long millis, int most) {
        List<String> due = new ArrayList<>();
        long from = Math.max(0, lowest.getOrDefault(owner, 0L));
        long reached = takeWritten(owner, from, millis, most, due);
        TreeMap<Long, Notes> pages = unwritten.getOrDefault(owner, new TreeMap<>());
        while (!pages.isEmpty() && pages.firstKey() <= reached) {
            read(pages.pollFirstEntry().getValue().bytes.toByteArray(), due);
        }
        lowest.put(owner, Math.max(from, reached + 1));
        return due;
    }

    /** Takes what was written, and says up to when it did. */
    private long takeWritten(String owner, long from, long until, int most, List<String> due) {
        List<Bytes> taken = new ArrayList<>();
        long page = Long.MIN_VALUE;
        long reached = until;
        try (KeyValueIterator<Bytes, byte[]> parts =
                inner.range(keyOf(owner, from, 0), keyOf(owner, until, Long.MAX_VALUE))) {
            while (parts.hasNext()) {
                KeyValue<Bytes, byte[]> part = parts.next();
                long itsPage = ByteBuffer.wrap(part.key.get()).getLong(part.key.get().length - 2 * Long.BYTES);
                if (due.size() >= most && itsPage > page) {
                    reached = page;
                    break;
                }
                page = itsPage;
                read(part.value, due);
                taken.add(part.key);
            }
        }
        taken.forEach(inner::delete);
        return reached;
    }

    private static void read(byte[] notes, List<String> keys) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(notes))) {
            while (in.available() > 0) {
                keys.add(in.readUTF());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String owner, long page, Notes notes) {
        if (next < 0) {
            byte[] stored = inner.get(NEXT);
            next = stored == null ? 0 : ByteBuffer.wrap(stored).getLong();
        }
        inner.put(keyOf(owner, page, next++), notes.bytes.toByteArray());
    }

    private static Bytes keyOf(String owner, long page, long part) {
        byte[] text = owner.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(text.length + 1 + 2 * Long.BYTES)
                .put(text)
                .put((byte) 0)
                .putLong(page)
                .putLong(part)
                .array());
    }

    @Override
    public void flushCache() {
        if (unwritten.isEmpty()) {
            return;
        }
        unwritten.forEach((owner, pages) -> pages.forEach((page, notes) -> {
            if (notes.bytes.size() > 0) {
                write(owner, page, notes);
            }
        }));
        unwritten.clear();
        inner.put(NEXT, ByteBuffer.allocate(Long.BYTES).putLong(next).array());
    }

    @Override
    public void clearCache() {
        unwritten.clear();
        lowest.clear();
        next = -1;
    }
}
