package io.homeostat.drift.statistics.profile;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.time.Instant;
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
    private static final int HEAD_BYTES = 64;
    private static final int USUAL_FEATURE_BYTES = 384; // with some fifty rows
    private static final int CHANGE_TAG = 6;
    private static final int CHANGE_BY_FEATURES = 1;
    private static final int CHANGE_VERSION = 2;

    private final Features shape; // its own, or those that it will be an empty copy of
    private @Nullable Features own; // none yet if nobody has looked and all rows wait
    private final WaitingRows waiting;
    private Placement placement = Placement.NONE; // of the row that was added last
    private long rows;
    private long writtenRows;
    private Instant from;
    private Instant to;

    private Profile(Features shape, @Nullable Features own, Instant from, Instant to) {
        this.shape = shape;
        this.own = own;
        this.from = from;
        this.to = to;
        this.waiting = new WaitingRows(shape.numberNames().length, shape.textNames().length);
    }

    private static Profile of(Features features, Instant from, Instant to) {
        return new Profile(features, features, from, to);
    }

    /** A profile that will have features when it needs them: empty copies of these, which must not change. */
    static Profile lazy(Features shape, Instant from, Instant to) {
        return new Profile(shape, null, from, to);
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
        return of(new Features(all), from, to);
    }

    /** A profile made of its features, with as many rows as the score has. */
    static Profile of(Map<String, FeatureProfile> features, Instant from, Instant to) {
        Profile profile = of(new Features(features), from, to);
        profile.rows = profile.score().rows();
        return profile;
    }

    /** An empty profile without bins, for a model that has no reference yet. */
    public static Profile withoutBins(Schema schema, Instant from, Instant to) {
        return empty(schema, Map.of(), Map.of(), from, to);
    }

    /** A profile of the same shape that has seen nothing. */
    public Profile emptyCopy(Instant start, Instant end) {
        return of(settled().emptyCopy(start), start, end);
    }

    /** What all empty profiles of this shape have in common. */
    public ProfileShape shape() {
        return ProfileShape.of(settled());
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
        makeRoom();
        String[] numberNames = shape.numberNames();
        for (int i = 0; i < numberNames.length - 1; i++) {
            String name = numberNames[i];
            Object value = values.get(name);
            checkNumber(name, value);
            waiting.number(i, value instanceof Number number ? number.doubleValue() : Double.NaN);
        }
        String[] textNames = shape.textNames();
        for (int i = 0; i < textNames.length - 1; i++) {
            Object value = values.get(textNames[i]);
            waiting.text(i, value == null ? null : value.toString());
        }
        added(modelScore == null ? Double.NaN : modelScore, predicted);
    }

    /**
     * Adds a row as {@link #add(Map, Double, String)} does.
     *
     * @param values features by place
     * @param modelScore the model's score, NaN if it gave none
     * @param predicted the class predicted, null if there is none
     */
    public void add(PlacedRow values, double modelScore, @Nullable String predicted) {
        if (values.layout() != placement.layout()) {
            placement = shape.placement(values);
        }
        int[] numberPlaces = placement.numbers();
        int[] textPlaces = placement.texts();
        makeRoom();
        for (int i = 0; i < numberPlaces.length; i++) {
            int place = numberPlaces[i];
            double number = place < 0 ? Double.NaN : values.number(place);
            if (place >= 0 && Double.isNaN(number)) {
                checkNumber(shape.numberNames()[i], values.text(place));
            }
            waiting.number(i, number);
        }
        for (int i = 0; i < textPlaces.length; i++) {
            waiting.text(i, textPlaces[i] < 0 ? null : values.text(textPlaces[i]));
        }
        added(modelScore, predicted);
    }

    private void makeRoom() {
        if (waiting.isFull()) {
            settled();
        }
        waiting.makeRoom();
    }

    private void added(double modelScore, @Nullable String predicted) {
        waiting.number(shape.numberNames().length - 1, modelScore);
        waiting.text(shape.textNames().length - 1, predicted);
        waiting.added();
        rows++;
    }

    /** The features, in which all rows are counted. */
    private Features settled() {
        Features features = own;
        if (features == null) {
            features = shape.emptyCopy(from);
            own = features;
        }
        if (waiting.rows() > 0) {
            features.count(waiting);
            waiting.clear();
        }
        return features;
    }

    /**
     * Adds everything that another profile of the same reference saw, and covers its time too. Error:
     * {@link IllegalArgumentException}, and nothing is added, if it has other features, bins or categories.
     */
    public void merge(Profile other) {
        Map<String, FeatureProfile> ours = settled().byName();
        Features theirs = other.settled();
        if (!theirs.byName().keySet().equals(ours.keySet())) {
            throw new IllegalArgumentException("profile: the features "
                    + theirs.byName().keySet() + " cannot be merged into " + ours.keySet() + ".");
        }
        ours.forEach((name, feature) -> {
            if (!feature.merges(theirs.get(name))) {
                throw new IllegalArgumentException(
                        "profile: '" + name
                                + "' is of another kind, or has bins or categories of another reference, and cannot be merged.");
            }
        });
        ours.forEach((name, feature) -> feature.merge(theirs.get(name)));
        waiting.gainedMore();
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

    /** Every feature by name, then {@link #SCORE} and {@link #PREDICTION}; of rows that are added later they know nothing. */
    public Map<String, FeatureProfile> features() {
        return Collections.unmodifiableMap(settled().byName());
    }

    /** The score. */
    public NumericProfile score() {
        return settled().score();
    }

    /** The predicted classes. */
    public CategoricalProfile prediction() {
        return settled().prediction();
    }

    /** The state as bytes. */
    public byte[] toBytes() {
        Features features = settled();
        int room = HEAD_BYTES + features.byName().size() * USUAL_FEATURE_BYTES;
        StateWriter out =
                new StateWriter(TAG, VERSION, room).count(rows).instant(from).instant(to);
        features.write(out);
        return out.toBytes();
    }

    /** The profile that gave these bytes. */
    public static Profile fromBytes(byte[] bytes) {
        StateReader in = new StateReader("profile", bytes, TAG, VERSION);
        long rows = in.count();
        Instant from = in.instant();
        Instant to = in.instant();
        Profile profile = of(Features.read(in), from, to);
        in.end();
        profile.rows = rows;
        return profile;
    }

    /**
     * Remembers from now on what is added, to be told by {@link #change}: to be called whenever the bytes of this profile or
     * of its last change have been kept.
     */
    public void markWritten() {
        waiting.markWritten();
        writtenRows = rows;
    }

    /** Whether rows were added since {@link #markWritten}. */
    public boolean hasChanged() {
        return rows != writtenRows;
    }

    /**
     * The rows that were added since {@link #markWritten}, in bytes that {@link #apply} reads: with a few rows much less than
     * all of it. Empty if they were more than about {@value WaitingRows#MOST}, or another profile was merged.
     */
    public Optional<byte[]> change() {
        return waiting.change(CHANGE_TAG, CHANGE_VERSION);
    }

    /**
     * All rows, in bytes that {@link #apply} reads, if they are all that an empty profile of the same {@link ProfileShape}
     * lacks: as long as they are few and nobody has looked at the features. Empty otherwise.
     */
    public Optional<byte[]> rowsOnly() {
        return own == null ? Optional.of(waiting.all(CHANGE_TAG, CHANGE_VERSION)) : Optional.empty();
    }

    /** Whether {@link #rowsOnly} has something to say. */
    public boolean isRowsOnly() {
        return own == null;
    }

    /** Adds the rows that another profile, which had seen what this one has, told as its change. */
    public void apply(byte[] change) {
        StateReader in = new StateReader("profile's change", change, CHANGE_TAG, CHANGE_BY_FEATURES, CHANGE_VERSION);
        if (in.version() == CHANGE_BY_FEATURES) {
            rows += in.count();
            settled().byName().values().forEach(feature -> addChange(feature, in));
        } else {
            rows += waiting.read(in, this::makeRoom);
        }
        in.end();
    }

    private static void addChange(FeatureProfile feature, StateReader in) {
        for (long missing = in.count(); missing > 0; missing--) {
            feature.addNull();
        }
        for (int left = in.size(); left > 0; left--) {
            if (feature instanceof NumericProfile numeric) {
                numeric.add(in.real());
            } else {
                ((CategoricalProfile) feature).add(in.text());
            }
        }
    }

    private static NumericProfile numeric(String name, Map<String, BinEdges> edges, Instant from) {
        return new NumericProfile(edges.getOrDefault(name, BinEdges.none()), Features.seed(name, from));
    }

    private static CategoricalProfile categorical(String name, Map<String, Categories> known) {
        Categories categories = known.get(name);
        return categories == null ? new CategoricalProfile() : CategoricalProfile.over(categories);
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
}
