package io.homeostat.drift.statistics.profile;

import io.homeostat.drift.statistics.season.Wander;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A categorical feature in a window. The reference's categories are counted one by one and exactly, so a flood of new
 * ones cannot push them out; the others by {@link FrequentItems}, within its bound. Texts longer than 256 characters are
 * cut.
 *
 * <p>If the reference had more categories than it counts, one that it does not count is not new: it belongs to
 * {@link #other()}, on both sides of a comparison.
 */
public final class CategoricalProfile implements FeatureProfile {
    /** The default of the most categories of a reference. */
    public static final int DEFAULT_CATEGORIES = 256;

    private static final String WHAT = "categorical profile";
    private static final int TAG = 3;
    private static final int VERSION = 3;
    private static final int BEFORE_TRANSPORT = 2;
    private static final int LONGEST = 256;
    private static final int MOST = 100_000;
    private static final int FEWEST_NEWCOMERS = 8;

    private final int limit;
    private final Categories known;
    private final long[] counts;
    private FrequentItems others;
    private long rows;
    private long nulls;
    private Wander wander = Wander.NONE;
    private @Nullable SortedMap<String, Long> named;

    /**
     * An empty profile that knows no categories.
     *
     * @param limit the most categories counted by name, 1 to 100,000
     */
    public CategoricalProfile(int limit) {
        this(limit, Categories.NONE, new FrequentItems(limit));
    }

    /** An empty profile with the default limit. */
    public CategoricalProfile() {
        this(DEFAULT_CATEGORIES);
    }

    private CategoricalProfile(int limit, Categories known, FrequentItems others) {
        this.limit = limit;
        this.known = known;
        this.counts = new long[known.names().size()];
        this.others = others;
    }

    /** An empty profile that counts these categories exactly, and an eighth as many newcomers. */
    static CategoricalProfile over(Categories known) {
        return over(DEFAULT_CATEGORIES, known);
    }

    private static CategoricalProfile over(int limit, Categories known) {
        return new CategoricalProfile(limit, known, new FrequentItems(Math.max(FEWEST_NEWCOMERS, limit / 8)));
    }

    /** What a reference is expected to show, in the rows it is worth; what has no count of its own is in the rows only. */
    static CategoricalProfile expected(Categories known, long[] counts, long rows, long nulls, Wander wander) {
        CategoricalProfile profile = over(known);
        System.arraycopy(counts, 0, profile.counts, 0, counts.length);
        profile.nulls = nulls;
        profile.rows = rows;
        profile.wander = wander;
        return profile;
    }

    /** Counts a category. */
    public void add(String category) {
        String name = cut(category);
        int place = known.placeOf(name);
        if (place >= 0) {
            counts[place]++;
        } else {
            others.add(name);
        }
        rows++;
        named = null;
    }

    /** Adds each of some categories as a row; null is missing. */
    void add(@Nullable String[] categories) {
        for (String category : categories) {
            if (category == null) {
                addNull();
            } else {
                add(category);
            }
        }
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

    @Override
    public Wander wander() {
        return wander;
    }

    /** Rows of categories without a count of their own. */
    public long other() {
        return known.complete()
                ? others.lost()
                : rows - nulls - Arrays.stream(counts).sum();
    }

    /** The count of each category, in order of their names; a known category may have 0. */
    public SortedMap<String, Long> counts() {
        SortedMap<String, Long> view = named;
        if (view == null) {
            TreeMap<String, Long> fresh = known.complete() ? new TreeMap<>(others.counts()) : new TreeMap<>();
            for (int i = 0; i < counts.length; i++) {
                fresh.put(known.names().get(i), counts[i]);
            }
            view = Collections.unmodifiableSortedMap(fresh);
            named = view;
        }
        return view;
    }

    /** The categories that the reference does not count: the most frequent ones, within their bound. */
    public FrequentItems others() {
        return others;
    }

    /** How many different categories there were: exact up to the limit, else within about 5 %. */
    public double distinct() {
        return Arrays.stream(counts).filter(count -> count > 0).count() + others.distinct();
    }

    @Override
    public boolean merges(FeatureProfile other) {
        return other instanceof CategoricalProfile that && that.known.equals(known) && that.others.merges(others);
    }

    @Override
    public void merge(FeatureProfile profile) {
        if (!(profile instanceof CategoricalProfile that) || !merges(profile)) {
            throw new IllegalArgumentException(
                    "profile: categories of another reference, or of a numeric feature, cannot be merged.");
        }
        others.merge(that.others);
        for (int i = 0; i < counts.length; i++) {
            counts[i] += that.counts[i];
        }
        rows += that.rows;
        nulls += that.nulls;
        named = null;
    }

    @Override
    public CategoricalProfile emptyCopy(long seed) {
        boolean shared = counts.length > 0 && (others.isEmpty() || !known.complete());
        return over(limit, shared ? known : Categories.of(counts().keySet(), other() == 0));
    }

    @Override
    public byte[] toBytes() {
        StateWriter out = new StateWriter(TAG, VERSION);
        write(out);
        return out.toBytes();
    }

    @Override
    public void writeIn(StateWriter out) {
        out.state(TAG, VERSION, this::write);
    }

    private void write(StateWriter out) {
        out.count(limit).flag(known.complete()).count(counts.length);
        for (int i = 0; i < counts.length; i++) {
            out.text(known.names().get(i)).count(counts[i]);
        }
        others.writeIn(out);
        out.count(rows).count(nulls);
        wander.write(out);
    }

    /** The profile that gave these bytes. */
    public static CategoricalProfile fromBytes(byte[] bytes) {
        return read(new StateReader(WHAT, bytes, TAG, BEFORE_TRANSPORT, VERSION));
    }

    /** Reads one that stands inside another state. */
    static CategoricalProfile readFrom(StateReader outer) {
        return read(outer.state(WHAT, TAG, BEFORE_TRANSPORT, VERSION));
    }

    private static CategoricalProfile read(StateReader in) {
        int limit = in.sizeIn(1, MOST);
        boolean complete = in.flag();
        int size = in.sizeIn(0, MOST);
        List<String> names = new ArrayList<>();
        long[] counts = new long[size];
        for (int i = 0; i < size; i++) {
            names.add(in.text());
            counts[i] = in.count();
        }
        CategoricalProfile profile =
                new CategoricalProfile(limit, Categories.of(names, complete), FrequentItems.readFrom(in));
        if (profile.counts.length != size) {
            throw new IllegalArgumentException("categorical profile: a name is there twice. The bytes are damaged.");
        }
        System.arraycopy(counts, 0, profile.counts, 0, size);
        profile.rows = in.count();
        profile.nulls = in.count();
        profile.wander = in.version() > BEFORE_TRANSPORT ? Wander.read(in) : Wander.readWithoutTransport(in);
        in.end();
        return profile;
    }

    Categories known() {
        return known;
    }

    /** The name under which a category is counted: at most its first {@value #LONGEST} characters. */
    public static String cut(String category) {
        return category.length() > LONGEST ? category.substring(0, LONGEST) : category;
    }
}
