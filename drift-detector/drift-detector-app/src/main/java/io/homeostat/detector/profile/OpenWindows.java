package io.homeostat.detector.profile;

import io.homeostat.backbone.store.StateCodec;
import io.homeostat.backbone.topic.Topic;
import io.homeostat.drift.statistics.estimation.EstimateChunk;
import io.homeostat.drift.statistics.profile.ProfileShape;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One partition's windows of one model that are still filling, and how far its event time has come. */
final class OpenWindows {
    static final StateCodec<OpenWindows> CODEC = new OpenWindowsCodec();

    /** The longest that a window waits for what comes late. */
    static final long MOST_GRACE_MILLIS = 10_000;

    /** The most windows open at a time, over all versions, however few features they have. */
    static final int MOST = 64;

    private static final int FEWEST = 2; // one that fills, and one that waits for what comes late
    /** What a window takes where it is kept: a sample of its rows, and what is counted of each feature. */
    private static final int SAMPLE_BYTES = 512 * 1024;

    private static final int FEATURE_BYTES = 3_500;
    private static final long UNKNOWN = -1;

    // what is kept, by the codec
    long newestMillis = Long.MIN_VALUE;
    long sampled;
    long rowsOfLast;
    final HeldShapes shapes = new HeldShapes();
    final TreeMap<Key, OpenWindow> windows = new TreeMap<>();
    final TreeMap<Key, EstimateChunk> estimates = new TreeMap<>();
    final TreeSet<Key> removed = new TreeSet<>(); // since the state was kept

    // the window that was asked for last, as most rows go to the same: here, where a look costs no visit to other
    // memory
    private long lastFromMillis;
    private @Nullable String lastVersion;
    private @Nullable OpenWindow lastWindow;
    private @Nullable EstimateChunk lastEstimate;
    private long endsMillis; // the first of the windows, each so long
    private long endsLength = UNKNOWN;

    record Key(long fromMillis, String modelVersion) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byTime = Long.compare(fromMillis, other.fromMillis);
            return byTime != 0 ? byTime : modelVersion.compareTo(other.modelVersion);
        }
    }

    /** The most windows of so many features that may be open at a time: together they are one record where they are kept. */
    static int most(int features) {
        long each = SAMPLE_BYTES + (long) features * FEATURE_BYTES;
        return (int) Math.max(FEWEST, Math.min(MOST, Topic.MOST_STATE_BYTES * 3L / 4 / each));
    }

    /** The window, made anew where there is none; empty if so many are open already. */
    Optional<OpenWindow> window(Key key, int most, Supplier<OpenWindow> empty) {
        if (isLast(key)) {
            return Optional.ofNullable(lastWindow);
        }
        OpenWindow open = windows.get(key);
        if (open == null && windows.size() < most) {
            open = empty.get().openedAt(newestMillis);
            windows.put(key, open);
            forgetDerived();
        }
        if (open != null) {
            lastFromMillis = key.fromMillis();
            lastVersion = key.modelVersion();
            lastWindow = open;
            lastEstimate = estimates.get(key);
        }
        return Optional.ofNullable(open);
    }

    private boolean isLast(Key key) {
        return key.fromMillis() == lastFromMillis && key.modelVersion().equals(lastVersion);
    }

    /** Forgets what was derived from the windows, which have changed. */
    void forgetDerived() {
        lastVersion = null;
        lastWindow = null;
        lastEstimate = null;
        endsLength = UNKNOWN;
    }

    /** The number of the shape of a window that is to be opened. */
    int hold(ProfileShape shape) {
        return shapes.hold(shape);
    }

    /** Expects an open window's performance to be estimated from its rows. */
    void estimate(Key key, EstimateChunk empty) {
        estimates.put(key, empty);
        forgetDerived();
    }

    /** The rows of an open window as its estimator needs them; empty where it has none. */
    Optional<EstimateChunk> estimate(Key key) {
        return Optional.ofNullable(isLast(key) ? lastEstimate : estimates.get(key));
    }

    /** Takes what {@link #estimate(Key)} gave of a window that was removed. */
    Optional<EstimateChunk> removeEstimate(Key key) {
        return Optional.ofNullable(estimates.remove(key));
    }

    /** Rows of the window that was removed last. */
    long rowsOfLast() {
        return rowsOfLast;
    }

    /**
     * Whether a window lies too far back: it is not open any more, and one more window's length has passed since it ended.
     * Until then what comes late opens it once more, as the rows of several tasks do not come in order.
     */
    boolean isPast(Key key, long lengthMillis, long graceMillis) {
        return key.fromMillis() + 2 * lengthMillis + graceMillis <= newestMillis && !windows.containsKey(key);
    }

    /** The number of the next window that is sampled: one that is opened once more must not toss the coins it tossed before. */
    long nextSample() {
        return ++sampled;
    }

    void sawTime(long millis) {
        newestMillis = Math.max(newestMillis, millis);
    }

    /**
     * Whether a window has ended, by this model's own event time: that has passed its end by the grace; or, if it was opened
     * later than that for what came late, its opening. So what comes late is gathered, too, and not sent on row by row.
     */
    boolean hasEnded(long lengthMillis, long graceMillis) {
        if (endsLength != lengthMillis) {
            endsMillis = nextToEnd(lengthMillis)
                    .map(next -> end(next, lengthMillis))
                    .orElse(Long.MAX_VALUE - MOST_GRACE_MILLIS);
            endsLength = lengthMillis;
        }
        return endsMillis + graceMillis <= newestMillis;
    }

    /** The window that ends first; of several the oldest. */
    private Optional<Map.Entry<Key, OpenWindow>> nextToEnd(long lengthMillis) {
        return windows.entrySet().stream().min(Comparator.comparingLong(window -> end(window, lengthMillis)));
    }

    private static long end(Map.Entry<Key, OpenWindow> window, long lengthMillis) {
        return Math.max(
                window.getKey().fromMillis() + lengthMillis, window.getValue().openedAtMillis());
    }

    /** Takes the window that ends first, after {@link #hasEnded} has said that there is one. */
    Map.Entry<Key, OpenWindow> removeEnded(long lengthMillis) {
        // a copy: removing changes what an entry of the tree says
        Map.Entry<Key, OpenWindow> ended =
                nextToEnd(lengthMillis).map(Map.Entry::copyOf).orElseThrow();
        windows.remove(ended.getKey());
        forgetDerived();
        rowsOfLast = ended.getValue().profile().rows();
        removed.add(ended.getKey());
        return ended;
    }
}
