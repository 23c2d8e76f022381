package io.homeostat.drift.statistics.profile;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A categorical feature in a window: a count per category, of at most a number of categories; what comes after goes to
 * one remainder. A window's profile knows the reference's categories from the start, so that a flood of new ones cannot
 * push them out. Texts longer than 256 characters are cut.
 */
public final class CategoricalProfile implements FeatureProfile {
    /** The default of the most categories. */
    public static final int DEFAULT_CATEGORIES = 1000;

    private static final int TAG = 3;
    private static final int VERSION = 1;
    private static final int LONGEST = 256;

    private final int limit;
    private final TreeMap<String, Long> counts = new TreeMap<>();
    private long rows;
    private long nulls;
    private long other;

    /**
     * An empty profile.
     *
     * @param limit the most categories counted one by one, 1 to 100,000
     */
    public CategoricalProfile(int limit) {
        if (limit < 1 || limit > 100_000) {
            throw new IllegalArgumentException("limit: " + limit + " is not in 1..100000. The default is 1000.");
        }
        this.limit = limit;
    }

    /** An empty profile with the default limit. */
    public CategoricalProfile() {
        this(DEFAULT_CATEGORIES);
    }

    /** Counts a category. */
    public void add(String category) {
        rows++;
        count(category.length() > LONGEST ? category.substring(0, LONGEST) : category, 1);
    }

    @Override
    public void addNull() {
        rows++;
        nulls++;
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public long nulls() {
        return nulls;
    }

    /** Rows of categories beyond the limit. */
    public long other() {
        return other;
    }

    /** The count of each category, in order of their names; a known category may have 0. */
    public SortedMap<String, Long> counts() {
        return Collections.unmodifiableSortedMap(counts);
    }

    @Override
    public void merge(FeatureProfile profile) {
        if (!(profile instanceof CategoricalProfile that)) {
            throw new IllegalArgumentException("profile: a numeric feature cannot be merged into a categorical one.");
        }
        rows += that.rows;
        nulls += that.nulls;
        other += that.other;
        new TreeMap<>(that.counts).forEach(this::count); // in order of names; a copy, as it may be merged with itself
    }

    @Override
    public CategoricalProfile emptyCopy(long seed) {
        CategoricalProfile copy = new CategoricalProfile(limit);
        counts.keySet().forEach(category -> copy.counts.put(category, 0L));
        return copy;
    }

    @Override
    public byte[] toBytes() {
        StateWriter out = new StateWriter(TAG, VERSION)
                .count(limit)
                .count(rows)
                .count(nulls)
                .count(other);
        out.count(counts.size());
        counts.forEach((category, count) -> out.text(category).count(count));
        return out.toBytes();
    }

    /** The profile that gave these bytes. */
    public static CategoricalProfile fromBytes(byte[] bytes) {
        StateReader in = new StateReader("categorical profile", bytes, TAG, VERSION);
        CategoricalProfile profile = new CategoricalProfile(in.sizeIn(1, 100_000));
        profile.rows = in.count();
        profile.nulls = in.count();
        profile.other = in.count();
        int categories = in.sizeIn(0, profile.limit);
        for (int i = 0; i < categories; i++) {
            profile.counts.put(in.text(), in.count());
        }
        in.end();
        return profile;
    }

    private void count(String category, long more) {
        if (counts.size() < limit || counts.containsKey(category)) {
            counts.merge(category, more, Long::sum);
        } else {
            other += more;
        }
    }
}
