package io.homeostat.drift.statistics.estimation;

import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.CategoricalProfile;
import io.homeostat.drift.statistics.profile.FeatureType;
import io.homeostat.drift.statistics.profile.Schema;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Learns a {@link PerformanceEstimator} from labelled rows that the model was not trained on: collects up to a number of
 * them, then fits. Rows that lack a probability or a number are passed over.
 *
 * <p>Of a regression only the first 100 features are kept. A multiclass model of more than {@value #MOST_CLASSES} classes
 * gets no estimator: a window's chunk takes up to 13 kB for each.
 */
public final class EstimatorLearner {
    /** The most classes. */
    public static final int MOST_CLASSES = 20;

    /** Fewer rows than this teach nothing. */
    public static final int FEWEST_ROWS = 100;

    private static final int TAG = 71;
    private static final int VERSION = 1;

    private final Task task;
    private final Schema schema;
    private final String positive;
    private final int enough;
    private final List<Row> rows = new ArrayList<>();

    private record Row(Map<String, Object> values, String output, String label) {}

    /**
     * A learner that has seen nothing.
     *
     * @param schema the features; only a regression's are looked at
     * @param positive the positive class of a binary model
     * @param enough how many rows are kept, at least 100; later ones are not looked at
     */
    public EstimatorLearner(Task task, Schema schema, String positive, int enough) {
        if (enough < FEWEST_ROWS) {
            throw new IllegalArgumentException("enough: " + enough + " rows are below " + FEWEST_ROWS + ".");
        }
        this.task = task;
        this.schema = schema;
        this.positive = positive;
        this.enough = enough;
    }

    /**
     * Adds a row and its label.
     *
     * @return whether there are enough
     */
    public boolean add(AnsweredRow row, String label) {
        if (rows.size() < enough) {
            values(row, label).ifPresent(values -> rows.add(new Row(values, row.output(), label)));
        }
        return rows.size() >= enough;
    }

    /* what is needed of a row: its score, its probabilities or its features */
    private Optional<Map<String, Object>> values(AnsweredRow row, String label) {
        return switch (task) {
            case BINARY ->
                AnsweredRow.isProbability(row.score())
                        ? Optional.of(Map.of("", (Object) row.score()))
                        : Optional.empty();
            case MULTICLASS -> probabilities(row.probabilities());
            case REGRESSION ->
                Double.isFinite(RegressionEstimator.number(row.output()) - RegressionEstimator.number(label))
                        ? Optional.of(features(row.features()))
                        : Optional.empty();
        };
    }

    private static Optional<Map<String, Object>> probabilities(@Nullable Map<String, Double> given) {
        // of more classes nothing is learned, and rows of thousands are not kept
        if (given == null || given.isEmpty() || given.size() > MOST_CLASSES) {
            return Optional.empty();
        }
        if (!given.values().stream().allMatch(AnsweredRow::isProbability)) {
            return Optional.empty();
        }
        return Optional.of(new TreeMap<>(given));
    }

    private Map<String, Object> features(Map<String, ? extends @Nullable Object> given) {
        Map<String, Object> kept = new TreeMap<>();
        schema.features().keySet().stream().limit(RowEncoding.MOST_FEATURES).forEach(name -> {
            Object value = given.get(name);
            if (value != null) {
                kept.put(
                        name,
                        value instanceof Number number
                                ? (Object) number.doubleValue()
                                : CategoricalProfile.cut(value.toString()));
            }
        });
        return kept;
    }

    /** How many rows there are. */
    public int rows() {
        return rows.size();
    }

    /**
     * The estimator learned from the rows; empty with fewer than {@value #FEWEST_ROWS}, or too many classes.
     *
     * @param seed of the folds
     */
    public Optional<PerformanceEstimator> fit(long seed) {
        if (rows.size() < FEWEST_ROWS) {
            return Optional.empty();
        }
        return switch (task) {
            case BINARY -> Optional.of(binary(seed));
            case MULTICLASS -> multiclass(seed);
            case REGRESSION -> Optional.of(regression(seed));
        };
    }

    private PerformanceEstimator binary(long seed) {
        int n = rows.size();
        double[] scores = new double[n];
        boolean[] predicted = new boolean[n];
        boolean[] actual = new boolean[n];
        for (int i = 0; i < n; i++) {
            scores[i] = number(rows.get(i).values(), "");
            predicted[i] = rows.get(i).output().equals(positive);
            actual[i] = rows.get(i).label().equals(positive);
        }
        return new BinaryEstimator(positive, BinaryCbpe.fit(scores, predicted, actual, seed));
    }

    private static double number(Map<String, Object> values, String name) {
        return values.get(name) instanceof Double number ? number : 0;
    }

    private Optional<PerformanceEstimator> multiclass(long seed) {
        TreeSet<String> names = new TreeSet<>();
        rows.forEach(row -> {
            names.addAll(row.values().keySet());
            names.add(row.output());
            names.add(row.label());
        });
        if (names.size() < 2 || names.size() > MOST_CLASSES) {
            return Optional.empty();
        }
        List<String> classes = List.copyOf(names);
        int n = rows.size();
        double[][] probabilities = new double[n][];
        int[] predicted = new int[n];
        int[] actual = new int[n];
        for (int i = 0; i < n; i++) {
            Row row = rows.get(i);
            probabilities[i] =
                    classes.stream().mapToDouble(c -> number(row.values(), c)).toArray();
            predicted[i] = classes.indexOf(row.output());
            actual[i] = classes.indexOf(row.label());
        }
        return Optional.of(
                new MulticlassEstimator(MulticlassCbpe.fit(classes, probabilities, predicted, actual, seed)));
    }

    private PerformanceEstimator regression(long seed) {
        double[] predicted = rows.stream()
                .mapToDouble(row -> RegressionEstimator.number(row.output()))
                .toArray();
        double[] actual = rows.stream()
                .mapToDouble(row -> RegressionEstimator.number(row.label()))
                .toArray();
        List<Map<String, ? extends @Nullable Object>> values = new ArrayList<>();
        rows.forEach(row -> values.add(row.values()));
        RowEncoding encoding = RowEncoding.learn(schema, values, actual);
        double[][] features = values.stream().map(encoding::encode).toArray(double[][]::new);
        return new RegressionEstimator(encoding, DirectLossEstimation.fit(features, predicted, actual, seed));
    }

    /** The state as bytes: equal for equal histories. */
    public byte[] toBytes() {
        StateWriter out = new StateWriter(TAG, VERSION)
                .text(task.name())
                .text(positive)
                .count(enough)
                .count(schema.features().size());
        schema.features().forEach((name, type) -> out.text(name).flag(type == FeatureType.NUMERIC));
        TreeSet<String> used = new TreeSet<>();
        rows.forEach(row -> used.addAll(row.values().keySet()));
        List<String> names = List.copyOf(used);
        out.count(names.size());
        names.forEach(out::text);
        Map<String, Integer> places = new HashMap<>();
        names.forEach(name -> places.put(name, places.size()));
        out.count(rows.size());
        for (Row row : rows) {
            out.text(row.output()).text(row.label()).count(row.values().size());
            row.values().forEach((name, value) -> {
                out.count(places.getOrDefault(name, 0)).flag(value instanceof Double);
                if (value instanceof Double number) {
                    out.real(number);
                } else {
                    out.text(value.toString());
                }
            });
        }
        return out.toBytes();
    }

    /** The learner that gave these bytes. */
    public static EstimatorLearner fromBytes(byte[] bytes) {
        StateReader in = new StateReader("estimator learner", bytes, TAG, VERSION);
        Task task = Task.valueOf(in.text());
        String positive = in.text();
        int enough = in.sizeIn(FEWEST_ROWS, Integer.MAX_VALUE);
        Map<String, FeatureType> features = new LinkedHashMap<>();
        int columns = in.size();
        for (int i = 0; i < columns; i++) {
            features.put(in.text(), in.flag() ? FeatureType.NUMERIC : FeatureType.CATEGORICAL);
        }
        EstimatorLearner learner = new EstimatorLearner(task, new Schema(features), positive, enough);
        String[] names = new String[in.size()];
        for (int i = 0; i < names.length; i++) {
            names[i] = in.text();
        }
        int rows = in.size();
        for (int i = 0; i < rows; i++) {
            String output = in.text();
            String label = in.text();
            int size = in.size();
            Map<String, Object> values = new TreeMap<>();
            for (int j = 0; j < size; j++) {
                String name = names[in.sizeIn(0, names.length - 1)];
                values.put(name, in.flag() ? (Object) in.real() : in.text());
            }
            learner.rows.add(new Row(values, output, label));
        }
        in.end();
        return learner;
    }
}
