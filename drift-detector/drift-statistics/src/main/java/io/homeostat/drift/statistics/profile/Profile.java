package io.homeostat.drift.statistics.profile;

import io.homeostat.drift.statistics.state.SplitMix;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a model's traffic looked like from one instant to another: every feature, the model's score, and the classes it
 * predicted. Profiles of one reference merge, whichever partition filled them.
 */
public final class Profile {
    /** The name under which the score stands among the features. */
    public static final String SCORE = "model.score";

    /** The name under which the predicted class stands among the features. */
    public static final String PREDICTION = "model.prediction";

    private static final int TAG = 4;
    private static final int VERSION = 1;
    private static final int CHANGE_TAG = 6;

    private final Map<String, FeatureProfile> features;
    private final NumericProfile score;
    private final CategoricalProfile prediction;
    private final String[] names;
    private final FeatureProfile[] columns;
    private final @Nullable Object[] row; // the row being added, looked up once
    private final double[] numbers; // the same, of a row whose values stand at places
    private final int[] places;
    private @Nullable Object layout;
    private long rows;
    private long writtenRows;
    private Instant from;
    private Instant to;

    private Profile(Map<String, FeatureProfile> all, Instant from, Instant to) {
        this.features = all;
        this.from = from;
        this.to = to;
        if (!(all.get(SCORE) instanceof NumericProfile numeric)
                || !(all.get(PREDICTION) instanceof CategoricalProfile categorical)) {
            throw new IllegalArgumentException("profile: the score or the prediction is missing.");
        }
        this.score = numeric;
        this.prediction = categorical;
        this.names = all.keySet().stream()
                .filter(name -> !name.equals(SCORE) && !name.equals(PREDICTION))
                .toArray(String[]::new);
        this.columns = Arrays.stream(names).map(all::get).toArray(FeatureProfile[]::new);
        this.row = new Object[names.length];
        this.numbers = new double[names.length];
        this.places = new int[names.length];
    }

    /** An empty profile over a reference's bins and categories; a feature without has one bin, or knows none. */
    static Profile empty(
            Schema schema, Map<String, BinEdges> edges, Map<String, Categories> known, Instant from, Instant to) {
        Map<String, FeatureProfile> all = new LinkedHashMap<>();
        schema.features()
                .forEach((name, type) -> all.put(
                        name, type == FeatureType.NUMERIC ? numeric(name, edges, from) : categorical(name, known)));
        all.put(SCORE, numeric(SCORE, edges, from));
        all.put(PREDICTION, categorical(PREDICTION, known));
        return new Profile(all, from, to);
    }

    /** A profile made of its features, with as many rows as the score has. */
    static Profile of(Map<String, FeatureProfile> features, Instant from, Instant to) {
        Profile profile = new Profile(features, from, to);
        profile.rows = profile.score.rows();
        return profile;
    }

    /** An empty profile without bins, for a model that has no reference yet. */
    public static Profile withoutBins(Schema schema, Instant from, Instant to) {
        return empty(schema, Map.of(), Map.of(), from, to);
    }

    /** A profile of the same shape that has seen nothing. */
    public Profile emptyCopy(Instant start, Instant end) {
        Map<String, FeatureProfile> all = new LinkedHashMap<>();
        features.forEach((name, feature) -> all.put(name, feature.emptyCopy(seed(name, start))));
        return new Profile(all, start, end);
    }

    /**
     * Adds a row. A value that is absent, null, NaN or infinite counts as missing; a text in a numeric feature is an
     * error that leaves the profile as it was. Features outside the schema are not looked at.
     *
     * @param values features by name: numbers, or texts for categorical ones
     * @param modelScore the model's score, null if it gave none
     * @param predicted the class predicted, null if there is none
     */
    public void add(
            Map<String, ? extends @Nullable Object> values, @Nullable Double modelScore, @Nullable String predicted) {
        for (int i = 0; i < names.length; i++) {
            Object value = values.get(names[i]);
            row[i] = value;
            if (columns[i] instanceof NumericProfile) {
                checkNumber(names[i], value);
            }
        }
        for (int i = 0; i < names.length; i++) {
            addValue(columns[i], row[i]);
        }
        addValue(score, modelScore);
        addValue(prediction, predicted);
        rows++;
    }

    /**
     * Adds a row as {@link #add(Map, Double, String)} does.
     *
     * @param values features by place
     * @param modelScore the model's score, NaN if it gave none
     * @param predicted the class predicted, null if there is none
     */
    public void add(PlacedRow values, double modelScore, @Nullable String predicted) {
        if (values.layout() != layout) {
            placeColumns(values);
        }
        for (int i = 0; i < places.length; i++) {
            int place = places[i];
            if (columns[i] instanceof NumericProfile) {
                numbers[i] = place < 0 ? Double.NaN : values.number(place);
                if (place >= 0 && Double.isNaN(numbers[i])) {
                    checkNumber(names[i], values.text(place));
                }
            }
        }
        for (int i = 0; i < places.length; i++) {
            if (columns[i] instanceof NumericProfile numeric) {
                addNumber(numeric, numbers[i]);
            } else {
                addText((CategoricalProfile) columns[i], places[i] < 0 ? null : values.text(places[i]));
            }
        }
        addNumber(score, modelScore);
        addText(prediction, predicted);
        rows++;
    }

    private void placeColumns(PlacedRow values) {
        Arrays.setAll(places, i -> values.placeOf(names[i]));
        layout = values.layout();
    }

    /** Adds everything that another profile of the same reference saw, and covers its time too. */
    public void merge(Profile other) {
        if (!other.features.keySet().equals(features.keySet())) {
            throw new IllegalArgumentException("profile: the features " + other.features.keySet()
                    + " cannot be merged into " + features.keySet() + ".");
        }
        features.forEach((name, feature) -> feature.merge(other.feature(name)));
        rows += other.rows;
        from = other.from.isBefore(from) ? other.from : from;
        to = other.to.isAfter(to) ? other.to : to;
    }

    /** How many rows were added. */
    public long rows() {
        return rows;
    }

    /** The start of the time covered. */
    public Instant from() {
        return from;
    }

    /** The end of the time covered. */
    public Instant to() {
        return to;
    }

    /** Every feature by name, then {@link #SCORE} and {@link #PREDICTION}. */
    public Map<String, FeatureProfile> features() {
        return Collections.unmodifiableMap(features);
    }

    /** The score. */
    public NumericProfile score() {
        return score;
    }

    /** The predicted classes. */
    public CategoricalProfile prediction() {
        return prediction;
    }

    /** The state as bytes. */
    public byte[] toBytes() {
        StateWriter out =
                new StateWriter(TAG, VERSION).count(rows).instant(from).instant(to);
        out.count(features.size());
        features.forEach((name, feature) ->
                out.text(name).flag(feature instanceof NumericProfile).bytes(feature.toBytes()));
        return out.toBytes();
    }

    /** The profile that gave these bytes. */
    public static Profile fromBytes(byte[] bytes) {
        StateReader in = new StateReader("profile", bytes, TAG, VERSION);
        long rows = in.count();
        Instant from = in.instant();
        Instant to = in.instant();
        Map<String, FeatureProfile> all = new LinkedHashMap<>();
        int size = in.size();
        for (int i = 0; i < size; i++) {
            String name = in.text();
            boolean numeric = in.flag();
            byte[] feature = in.bytes();
            all.put(name, numeric ? NumericProfile.fromBytes(feature) : CategoricalProfile.fromBytes(feature));
        }
        in.end();
        Profile profile = new Profile(all, from, to);
        profile.rows = rows;
        return profile;
    }

    /**
     * Remembers from now on what is added, to be told by {@link #change}: to be called whenever the bytes of this profile or
     * of its last change have been kept.
     */
    public void markWritten() {
        features.values().forEach(FeatureProfile::markWritten);
        writtenRows = rows;
    }

    /** Whether rows were added since {@link #markWritten}. */
    public boolean hasChanged() {
        return rows != writtenRows;
    }

    /**
     * The rows that were added since {@link #markWritten}, in bytes that {@link #apply} reads: with a few rows much less than
     * all of it. Empty if they were more than about {@value NumericProfile#BLOCK}, or another profile was merged.
     */
    public Optional<byte[]> change() {
        StateWriter out = new StateWriter(CHANGE_TAG, VERSION).count(rows - writtenRows);
        for (FeatureProfile feature : features.values()) {
            if (!feature.writeChange(out)) {
                return Optional.empty();
            }
        }
        return Optional.of(out.toBytes());
    }

    /** Adds the rows that another profile, which had seen what this one has, told as its change. */
    public void apply(byte[] change) {
        StateReader in = new StateReader("profile's change", change, CHANGE_TAG, VERSION);
        rows += in.count();
        features.values().forEach(feature -> feature.addChange(in));
        in.end();
    }

    private FeatureProfile feature(String name) {
        FeatureProfile feature = features.get(name);
        if (feature == null) {
            throw new IllegalArgumentException("profile: there is no feature '" + name + "'.");
        }
        return feature;
    }

    private static NumericProfile numeric(String name, Map<String, BinEdges> edges, Instant from) {
        return new NumericProfile(edges.getOrDefault(name, BinEdges.none()), seed(name, from));
    }

    private static CategoricalProfile categorical(String name, Map<String, Categories> known) {
        Categories categories = known.get(name);
        return categories == null ? new CategoricalProfile() : CategoricalProfile.over(categories);
    }

    private static long seed(String name, Instant from) {
        return SplitMix.seed(name, from.toEpochMilli());
    }

    static void checkNumber(String name, @Nullable Object value) {
        if (value != null && !(value instanceof Number)) {
            throw new IllegalArgumentException("features." + name + ": '" + value
                    + "' is not a number. Declare the feature categorical, or correct the source.");
        }
    }

    /** Tells a profile whose features were filled one by one how many rows that were. */
    void counted(long added) {
        rows += added;
    }

    static void addNumber(NumericProfile feature, double value) {
        if (Double.isFinite(value)) {
            feature.add(value);
        } else {
            feature.addNull();
        }
    }

    static void addText(CategoricalProfile feature, @Nullable String value) {
        if (value == null) {
            feature.addNull();
        } else {
            feature.add(value);
        }
    }

    private static void addValue(FeatureProfile feature, @Nullable Object value) {
        if (feature instanceof NumericProfile numeric) {
            addNumber(numeric, value instanceof Number number ? number.doubleValue() : Double.NaN);
        } else {
            addText((CategoricalProfile) feature, value == null ? null : value.toString());
        }
    }
}
