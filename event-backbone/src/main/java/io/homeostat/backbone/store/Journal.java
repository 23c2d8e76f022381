package io.homeostat.backbone.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The changes of states since each was written whole, in the order in which they were made, many states to a page. So a
 * commit in which a thousand states grew by a row each writes one page and not a thousand states. When there is too much of
 * it, the states that need the oldest page are written whole, and the page is deleted.
 */
final class Journal {
    /** Keys of pages begin like this, and no other keys do. */
    static final String PREFIX = "\1";

    private static final int PAGE_BYTES = 256 * 1024;
    private static final int MOST_PAGES = 1_000; // each commit begins one
    private static final int VOID = -1;
    private static final byte[] NOTHING = {};

    private final KeyValueStore<Bytes, byte[]> inner;
    private final Deque<Page> pages = new ArrayDeque<>(); // oldest first
    private final Map<String, Long> needs = new HashMap<>(); // the oldest page with a change that counts
    private final Map<String, List<byte[]>> found = new HashMap<>(); // changes that no state has taken in yet
    private final ByteArrayOutputStream written = new ByteArrayOutputStream(); // of the page that is open
    private Set<String> keys = new HashSet<>(); // in it
    private long number; // of it
    private long bytes;
    private boolean loaded;

    /** A page and the states that were changed in it. */
    private record Page(long number, int bytes, Set<String> keys) {}

    Journal(KeyValueStore<Bytes, byte[]> inner) {
        this.inner = inner;
    }

    /** Finds what was written before, once. */
    void load() {
        if (loaded) {
            return;
        }
        loaded = true;
        try (KeyValueIterator<Bytes, byte[]> all = inner.range(keyOf(0), keyOf(Long.MAX_VALUE))) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> page = all.next();
                number = ByteBuffer.wrap(page.key.get()).getLong(PREFIX.length());
                read(page.value);
                number++;
            }
        }
    }

    /** The changes of a state since it was written whole that were found, to be taken in once. */
    List<byte[]> take(String key) {
        List<byte[]> changes = found.remove(key);
        return changes == null ? List.of() : changes;
    }

    /** Notes a change. */
    void add(String key, byte[] change) {
        needs.putIfAbsent(key, number);
        write(key, change.length, change);
    }

    /** Notes that a state was written whole, or deleted: its changes until now count no more. */
    void forget(String key) {
        found.remove(key);
        if (needs.remove(key) != null) {
            write(key, VOID, NOTHING);
        }
    }

    /**
     * Writes what was noted, and deletes the oldest pages as long as all are more than so many bytes, or than 1,000.
     *
     * @param writeWhole writes a state whole, which {@link #forget}s it
     */
    void flush(long mostBytes, Consumer<String> writeWhole) {
        while ((bytes > mostBytes && !pages.isEmpty()) || pages.size() > MOST_PAGES) {
            Page oldest = pages.remove();
            for (String key : oldest.keys()) {
                if (needs.getOrDefault(key, Long.MAX_VALUE) == oldest.number()) {
                    writeWhole.accept(key);
                }
            }
            inner.delete(keyOf(oldest.number()));
            bytes -= oldest.bytes();
        }
        closePage();
    }

    /** Drops all that is on the heap; it is found again in the store. */
    void clear() {
        pages.clear();
        needs.clear();
        found.clear();
        keys = new HashSet<>();
        written.reset();
        number = 0;
        bytes = 0;
        loaded = false;
    }

    private static Bytes keyOf(long page) {
        byte[] prefix = PREFIX.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(prefix.length + Long.BYTES)
                .put(prefix)
                .putLong(page)
                .array());
    }

    private void write(String key, int length, byte[] change) {
        keys.add(key);
        DataOutputStream out = new DataOutputStream(written); // holds nothing back
        try {
            out.writeUTF(key);
            out.writeInt(length);
            out.write(change);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (written.size() >= PAGE_BYTES) {
            closePage();
        }
    }

    private void closePage() {
        if (written.size() > 0) {
            inner.put(keyOf(number), written.toByteArray());
            pages.add(new Page(number, written.size(), keys));
            bytes += written.size();
            number++;
            keys = new HashSet<>();
            written.reset();
        }
    }

    private void read(byte[] page) {
        Set<String> changed = new HashSet<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(page))) {
            while (in.available() > 0) {
                String key = in.readUTF();
                int length = in.readInt();
                changed.add(key);
                if (length == VOID) {
                    found.remove(key);
                    needs.remove(key);
                } else {
                    found.computeIfAbsent(key, k -> new ArrayList<>()).add(in.readNBytes(length));
                    needs.putIfAbsent(key, number);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        pages.add(new Page(number, page.length, changed));
        bytes += page.length;
    }
}
