package io.homeostat.detector.profile;

import io.homeostat.backbone.store.StateCodec;
import io.homeostat.backbone.topic.Topic;
import io.homeostat.backbone.topology.Progress;
import io.homeostat.detector.ingest.Watermark;
import io.homeostat.drift.statistics.estimation.EstimateChunk;
import io.homeostat.drift.statistics.profile.ProfileShape;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One task's windows of one model that are still filling, and how far its event time has come. */
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
    Watermark watermark = new Watermark();
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
    private long endsBy = Watermark.UNSEEN; // the time by which they end
    private boolean listed; // among those that wait
    private long endsMillis; // the first of the windows, each so long
    private long endsLength = UNKNOWN;

    record Key(long fromMillis, String modelVersion) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byTime = Long.compare(fromMillis, other.fromMillis);
            return byTime != 0 ? byTime : modelVersion.compareTo(other.modelVersion);
        }
    }

    /**
     * Whether a window is not open, and cannot be beside the others: together they are one record where they are kept.
     *
     * @param features of each
     */
    boolean isFullFor(Key key, int features) {
        return !isLast(key) && !windows.containsKey(key) && isFull(features);
    }

    private boolean isFull(int features) {
        if (windows.size() < FEWEST || windows.size() >= MOST) {
            return windows.size() >= MOST;
        }
        long sampled = 1 // the one that is to be opened may be
                + windows.values().stream().filter(w -> w.rows().isPresent()).count();
        long bytes = sampled * SAMPLE_BYTES + (windows.size() + 1L) * features * FEATURE_BYTES;
        return bytes > Topic.MOST_STATE_BYTES * 3L / 4;
    }

    /**
     * The window, made anew where there is none; empty if there is no room for it.
     *
     * @param features of each
     */
    Optional<OpenWindow> window(Key key, int features, Supplier<OpenWindow> empty) {
        if (isLast(key)) {
            return Optional.ofNullable(lastWindow);
        }
        OpenWindow open = windows.get(key);
        if (open == null && !isFull(features)) {
            open = empty.get().openedAt(endsBy);
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
     * Whether a window lies too far back for a row of the partition that was {@linkplain #saw seen} last: it is not open any
     * more, and on that partition one more window's length has passed since it ended. Until then what comes late opens it once
     * more. How far others have come is not that partition's fault.
     */
    boolean isPast(Key key, long lengthMillis, long graceMillis) {
        return key.fromMillis() + 2 * lengthMillis + graceMillis <= watermark.newestOfLast()
                && !windows.containsKey(key);
    }

    /**
     * Takes a window to make room for another one, where one partition is ahead of another by more windows than may be open: the
     * oldest that no partition is filling, or else the oldest that is not filled by the one that was {@linkplain #saw seen}
     * last. What comes to it later opens it once more. Empty if that one fills all of them: there are too many versions.
     */
    Optional<Map.Entry<Key, OpenWindow>> removeSpare(long lengthMillis, long graceMillis) {
        long filled = 2 * lengthMillis + graceMillis;
        return oldest(from -> !watermark.isAnyIn(from, from + filled))
                .or(() -> oldest(from -> !watermark.isLastIn(from, from + filled)))
                .map(this::remove);
    }

    private Optional<Map.Entry<Key, OpenWindow>> oldest(LongPredicate from) {
        return windows.entrySet().stream()
                .filter(window -> from.test(window.getKey().fromMillis()))
                .findFirst();
    }

    /** The number of the next window that is sampled: one that is opened once more must not toss the coins it tossed before. */
    long nextSample() {
        return ++sampled;
    }

    /**
     * Moves time on, see {@link Watermark#saw}.
     *
     * @param nowMillis the wall clock
     */
    void saw(Progress progress, long nowMillis, long patienceMillis) {
        watermark.saw(progress, nowMillis, patienceMillis);
        endsBy = watermark.time();
    }

    /** Whether nothing was heard for so long: time goes on then without a record. */
    boolean passed(long nowMillis, long patienceMillis) {
        boolean passed = watermark.passed(nowMillis, patienceMillis);
        endsBy = watermark.time();
        return passed;
    }

    /** Whether windows wait for a partition that is behind another. */
    boolean isWaiting() {
        return !windows.isEmpty() && endsBy < watermark.newest();
    }

    /** Whether it waits and is not listed; from now on it is. */
    boolean isToBeListed() {
        boolean isNew = !listed && isWaiting();
        listed |= isNew;
        return isNew;
    }

    void unlist() {
        listed = false;
    }

    /**
     * Whether a window has ended, by this model's own event time ({@link Watermark#time}): that has passed its end by the grace; or, if it was opened
     * later than that for what came late, its opening. So what comes late is gathered, too, and not sent on row by row.
     */
    boolean hasEnded(long lengthMillis, long graceMillis) {
        if (endsLength != lengthMillis) {
            endsMillis = nextToEnd(lengthMillis)
                    .map(next -> end(next, lengthMillis))
                    .orElse(Long.MAX_VALUE - MOST_GRACE_MILLIS);
            endsLength = lengthMillis;
        }
        return endsMillis + graceMillis <= endsBy;
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
        return nextToEnd(lengthMillis).map(this::remove).orElseThrow();
    }

    private Map.Entry<Key, OpenWindow> remove(Map.Entry<Key, OpenWindow> window) {
        Map.Entry<Key, OpenWindow> ended = Map.Entry.copyOf(window); // removing changes what an entry of the tree says
        windows.remove(ended.getKey());
        forgetDerived();
        rowsOfLast = ended.getValue().profile().rows();
        removed.add(ended.getKey());
        return ended;
    }
}
