package io.homeostat.drift.statistics.profile;

import io.homeostat.drift.statistics.state.SplitMix;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The features of a profile with its score and prediction: by name, and in the order in which a row's values wait. */
final class Features {
    private static final int MOST_PLACEMENTS = 8;

    private final Map<String, FeatureProfile> byName;
    private final String[] numberNames; // the score is last
    private final NumericProfile[] numbers;
    private final String[] textNames; // the prediction is last
    private final CategoricalProfile[] texts;
    private volatile Placement[] placements = {}; // newest first; each task has a layout of its own

    Features(Map<String, FeatureProfile> byName) {
        if (!(byName.get(Profile.SCORE) instanceof NumericProfile)
                || !(byName.get(Profile.PREDICTION) instanceof CategoricalProfile)) {
            throw new IllegalArgumentException("profile: the score or the prediction is missing.");
        }
        this.byName = byName;
        this.numberNames = names(NumericProfile.class, Profile.SCORE);
        this.numbers = Arrays.stream(numberNames).map(byName::get).toArray(NumericProfile[]::new);
        this.textNames = names(CategoricalProfile.class, Profile.PREDICTION);
        this.texts = Arrays.stream(textNames).map(byName::get).toArray(CategoricalProfile[]::new);
    }

    private String[] names(Class<? extends FeatureProfile> kind, String last) {
        Stream<String> first = byName.entrySet().stream()
                .filter(feature -> kind.isInstance(feature.getValue()))
                .map(Map.Entry::getKey)
                .filter(name -> !name.equals(last));
        return Stream.concat(first, Stream.of(last)).toArray(String[]::new);
    }

    /** Those of a window that begins then, which have seen nothing. */
    Features emptyCopy(Instant start) {
        Map<String, FeatureProfile> copies = new LinkedHashMap<>();
        byName.forEach((name, feature) -> copies.put(name, feature.emptyCopy(seed(name, start))));
        return new Features(copies);
    }

    /** The seed of a feature's sketch in a window that begins then. */
    static long seed(String name, Instant start) {
        return SplitMix.seed(name, start.toEpochMilli());
    }

    Map<String, FeatureProfile> byName() {
        return byName;
    }

    FeatureProfile get(String name) {
        FeatureProfile feature = byName.get(name);
        if (feature == null) {
            throw new IllegalArgumentException("profile: there is no feature '" + name + "'.");
        }
        return feature;
    }

    /** The names of the numbers in a row; the score is last. Not to be changed. */
    String[] numberNames() {
        return numberNames;
    }

    /** The names of the texts in a row; the prediction is last. Not to be changed. */
    String[] textNames() {
        return textNames;
    }

    /** Where rows of such a layout have the features: looked up once, for all windows of a shape. */
    Placement placement(PlacedRow row) {
        Placement[] known = placements;
        for (Placement placement : known) {
            if (placement.layout() == row.layout()) {
                return placement;
            }
        }
        Placement[] more = new Placement[Math.min(MOST_PLACEMENTS, known.length + 1)];
        System.arraycopy(known, 0, more, 1, more.length - 1);
        more[0] = Placement.of(row, numberNames, textNames);
        placements = more;
        return more[0];
    }

    NumericProfile score() {
        return numbers[numbers.length - 1];
    }

    CategoricalProfile prediction() {
        return texts[texts.length - 1];
    }

    /** Counts the rows that wait. */
    void count(WaitingRows waiting) {
        int rows = waiting.rows();
        double[] column = new double[rows];
        for (int i = 0; i < numbers.length; i++) {
            waiting.numbers(i, column);
            numbers[i].add(column, rows);
        }
        for (int i = 0; i < texts.length; i++) {
            texts[i].add(waiting.texts(i));
        }
    }

    void write(StateWriter out) {
        out.count(byName.size());
        byName.forEach((name, feature) -> feature.writeIn(out.text(name).flag(feature instanceof NumericProfile)));
    }

    static Features read(StateReader in) {
        Map<String, FeatureProfile> all = new LinkedHashMap<>();
        int size = in.size();
        for (int i = 0; i < size; i++) {
            String name = in.text();
            boolean numeric = in.flag();
            all.put(name, numeric ? NumericProfile.readFrom(in) : CategoricalProfile.readFrom(in));
        }
        return new Features(all);
    }
}
