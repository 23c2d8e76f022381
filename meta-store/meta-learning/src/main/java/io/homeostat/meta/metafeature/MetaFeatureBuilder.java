package io.homeostat.meta.metafeature;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a tabular snapshot one by one and says what the data is like: the {@link MetaFeature}s.
 *
 * <p><b>Idea.</b> Counts and moments are exact over all rows; distinct values are exact up to 1,024; correlation,
 * outliers and information come from a seeded uniform sample of rows. Memory is bounded by {@link Limits}.
 *
 * <p><b>Merging.</b> Builders over parts of the rows merge into what one builder over all rows would say (up to
 * rounding), if each row has the same position in both: a part that begins at row 5,000 is built with {@code firstRow}
 * 5,000.
 *
 * <p><b>Cells.</b> A number, a text or a boolean; null, NaN and infinite are missing. A column is what most of its
 * values are. A meta-feature that is not defined for the data is absent from the result, never NaN.
 *
 * <p><b>Example.</b>
 *
 * <pre>{@code
 * var builder = new MetaFeatureBuilder(Target.CLASSES, 1);
 * builder.add(Map.of("age", 31.0, "job", "cook"), "yes");
 * builder.add(Map.of("age", 44.0, "job", "clerk"), "no");
 * builder.metaFeatures(); // {classEntropy=1.0, classImbalance=0.0, logCardinality=0.69…, …}
 * }</pre>
 *
 * <p>References: F. Pinto, C. Soares, J. Mendes-Moreira, Towards automatic generation of metafeatures, PAKDD 2016;
 * A. Rivolli et al., Meta-features for meta-learning, Knowledge-Based Systems 2022.
 */
public final class MetaFeatureBuilder {
    private static final int LANDMARK_COLUMNS = 40;

    private final Target target;
    private final long seed;
    private final Limits limits;
    private final SortedMap<String, Column> columns = new TreeMap<>();
    private final Map<String, Column> byName = new HashMap<>();
    private final Moments targetMoments = new Moments();
    private final ClassCounts classes;
    private final RowSample sample;
    private long rows;
    private long nextPosition;

    /**
     * A builder for rows from the beginning, with default limits.
     *
     * @param target what the labels are
     * @param seed of the sample of rows
     */
    public MetaFeatureBuilder(Target target, long seed) {
        this(target, seed, Limits.DEFAULT, 0);
    }

    /**
     * A builder for a part of the rows.
     *
     * @param target what the labels are
     * @param seed of the sample of rows
     * @param limits of memory
     * @param firstRow position of the part's first row among all rows
     */
    public MetaFeatureBuilder(Target target, long seed, Limits limits, long firstRow) {
        this.target = target;
        this.seed = seed;
        this.limits = limits;
        this.nextPosition = firstRow;
        this.classes = new ClassCounts(limits.classes());
        this.sample = new RowSample(limits.sampleRows(), seed);
    }

    /**
     * Adds the next row.
     *
     * @param row column → number, text, boolean or null
     * @param label the row's label; null if unknown
     * @return this
     * @throws IllegalArgumentException for a cell of another type or for too many columns; the row is then not counted
     */
    public MetaFeatureBuilder add(Map<String, ? extends @Nullable Object> row, @Nullable Object label) {
        Map<String, Object> cells = cells(row);
        Object y = target == Target.CLASSES ? Cell.classOf(label) : Cell.numberOf(label);
        checkColumns(row);
        row.keySet().forEach(this::column);
        cells.forEach((name, cell) -> column(name).add(cell));
        addLabel(y);
        sample.offer(nextPosition++, new RowSample.Row(cells, y));
        rows++;
        return this;
    }

    /**
     * Adds all that another builder has read. The other one stays as it is.
     *
     * @return this
     * @throws IllegalArgumentException if the other one was made with another target, seed or limits, or if both have
     *     too many columns together
     */
    public MetaFeatureBuilder merge(MetaFeatureBuilder other) {
        if (target != other.target || seed != other.seed || !limits.equals(other.limits)) {
            throw new IllegalArgumentException("merge: the builders differ in target, seed or limits: " + describe()
                    + " and " + other.describe() + ". Make both alike.");
        }
        checkColumns(other.columns);
        other.columns.forEach((name, column) -> column(name).merge(column));
        targetMoments.merge(other.targetMoments);
        classes.merge(other.classes);
        sample.merge(other.sample);
        rows += other.rows;
        nextPosition = Math.max(nextPosition, other.nextPosition);
        return this;
    }

    /** Rows read so far. */
    public long rows() {
        return rows;
    }

    /** The meta-features that are defined for the rows so far, by name in order; empty without rows. */
    public SortedMap<String, Double> metaFeatures() {
        SortedMap<String, Double> found = new TreeMap<>();
        if (rows > 0 && !columns.isEmpty()) {
            addSimple(found);
            addTarget(found);
            addStatistical(found);
            addInformation(found);
            addLandmarkers(found);
        }
        return Collections.unmodifiableSortedMap(found);
    }

    /**
     * The meta-features, with those that say how the data has moved since an earlier snapshot: columns that both have and that
     * are of the same kind are compared.
     *
     * @param earlier it stays as it is; labels of another kind are not compared
     */
    public SortedMap<String, Double> metaFeatures(MetaFeatureBuilder earlier) {
        SortedMap<String, Double> found = new TreeMap<>(metaFeatures());
        if (rows == 0 || earlier.rows == 0) {
            return Collections.unmodifiableSortedMap(found);
        }
        double[] shifts = columns.keySet().stream()
                .map(name -> shift(name, earlier))
                .flatMapToDouble(OptionalDouble::stream)
                .toArray();
        put(found, MetaFeature.DRIFT_MEAN, DoubleStream.of(shifts).average());
        put(found, MetaFeature.DRIFT_MAX, DoubleStream.of(shifts).max());
        if (target == earlier.target) {
            put(found, MetaFeature.DRIFT_TARGET, Shift.between(earlier.sample.labels(), sample.labels()));
        }
        put(found, MetaFeature.DRIFT_ROWS, Math.log((double) rows / earlier.rows));
        return Collections.unmodifiableSortedMap(found);
    }

    private OptionalDouble shift(String name, MetaFeatureBuilder earlier) {
        Column now = column(name);
        Column before = earlier.byName.get(name);
        if (before == null || now.isNumeric() != before.isNumeric()) {
            return OptionalDouble.empty();
        }
        Class<?> kind = now.isNumeric() ? Double.class : Long.class;
        return Shift.between(earlier.sample.cells(name, kind), sample.cells(name, kind));
    }

    private void addLandmarkers(Map<String, Double> found) {
        List<@Nullable Object> labels = sample.labels();
        LandmarkTable table = new LandmarkTable(labels);
        columns.entrySet().stream()
                .filter(entry -> entry.getValue().present() > 0)
                .limit(LANDMARK_COLUMNS)
                .forEach(entry -> {
                    if (entry.getValue().isNumeric()) {
                        table.numbers(sample.numbers(entry.getKey()));
                    } else {
                        table.codes(codes(entry.getKey(), entry.getValue()));
                    }
                });
        boolean classified = target == Target.CLASSES;
        double[][] targets = classified ? table.classes(labels) : table.numbers(labels);
        Landmarkers.scores(table.x(), targets, classified).forEach((feature, score) -> put(found, feature, score));
    }

    private void addSimple(Map<String, Double> found) {
        List<Column> categorical =
                columns.values().stream().filter(Column::isCategorical).toList();
        long numeric = columns.values().stream().filter(Column::isNumeric).count();
        double present = columns.values().stream().mapToLong(Column::present).sum();
        put(found, MetaFeature.LOG_ROWS, Math.log(rows));
        put(found, MetaFeature.LOG_COLUMNS, Math.log(columns.size()));
        put(found, MetaFeature.LOG_NUMERIC, Math.log1p(numeric));
        put(found, MetaFeature.LOG_CATEGORICAL, Math.log1p(categorical.size()));
        put(found, MetaFeature.MISSING_SHARE, 1 - present / rows / columns.size());
        categorical.stream()
                .mapToDouble(Column::cardinality)
                .average()
                .ifPresent(mean -> put(found, MetaFeature.LOG_CARDINALITY, Math.log(mean)));
    }

    private void addTarget(Map<String, Double> found) {
        if (target == Target.NUMBERS) {
            put(found, MetaFeature.TARGET_SKEWNESS, targetMoments.skewness());
            put(found, MetaFeature.TARGET_KURTOSIS, targetMoments.kurtosis());
        } else if (classes.classes() > 0) {
            put(found, MetaFeature.LOG_CLASSES, Math.log(classes.classes()));
            put(found, MetaFeature.CLASS_ENTROPY, classes.normalisedEntropy());
            put(found, MetaFeature.CLASS_IMBALANCE, classes.imbalance());
        }
    }

    private void addStatistical(Map<String, Double> found) {
        double[] skewness = ofNumeric(Moments::skewness);
        double[] kurtosis = ofNumeric(Moments::kurtosis);
        put(found, MetaFeature.SKEWNESS_MEAN, DoubleStream.of(skewness).average());
        put(found, MetaFeature.SKEWNESS_SD, spread(skewness));
        put(found, MetaFeature.KURTOSIS_MEAN, DoubleStream.of(kurtosis).average());
        put(found, MetaFeature.KURTOSIS_SD, spread(kurtosis));
        List<double[]> numbers = new ArrayList<>();
        columns.forEach((name, column) -> {
            if (column.isNumeric()) {
                numbers.add(sample.numbers(name));
            }
        });
        NumericSample numeric = new NumericSample(numbers);
        put(found, MetaFeature.CORRELATION_MEAN, numeric.meanAbsoluteCorrelation());
        put(found, MetaFeature.OUTLIER_SHARE, numeric.outlierShare());
    }

    private void addInformation(Map<String, Double> found) {
        int[] y = Binning.codes(sample.labels());
        double[] information = columns.entrySet().stream()
                .filter(entry -> entry.getValue().present() > 0)
                .map(entry -> MutualInformation.between(codes(entry.getKey(), entry.getValue()), y))
                .flatMapToDouble(OptionalDouble::stream)
                .toArray();
        put(found, MetaFeature.INFORMATION_MEAN, DoubleStream.of(information).average());
        put(found, MetaFeature.INFORMATION_MAX, DoubleStream.of(information).max());
    }

    private int[] codes(String name, Column column) {
        return Binning.codes(sample.cells(name, column.isNumeric() ? Double.class : Long.class));
    }

    private double[] ofNumeric(Function<Moments, OptionalDouble> statistic) {
        return columns.values().stream()
                .filter(Column::isNumeric)
                .map(column -> statistic.apply(column.moments()))
                .flatMapToDouble(OptionalDouble::stream)
                .toArray();
    }

    private static OptionalDouble spread(double[] values) {
        double mean = DoubleStream.of(values).average().orElse(0);
        OptionalDouble variance =
                DoubleStream.of(values).map(x -> (x - mean) * (x - mean)).average();
        return variance.isPresent() ? OptionalDouble.of(Math.sqrt(variance.getAsDouble())) : variance;
    }

    private static void put(Map<String, Double> found, MetaFeature feature, OptionalDouble value) {
        value.ifPresent(x -> put(found, feature, x));
    }

    private static void put(Map<String, Double> found, MetaFeature feature, double value) {
        if (Double.isFinite(value)) {
            found.put(feature.key(), value);
        }
    }

    private void addLabel(@Nullable Object y) {
        if (y instanceof Double x) {
            targetMoments.add(x);
        } else if (y instanceof Long hash) {
            classes.add(hash);
        }
    }

    private static Map<String, Object> cells(Map<String, ? extends @Nullable Object> row) {
        Map<String, Object> cells = new HashMap<>(row.size() * 2);
        row.forEach((name, value) -> {
            Object cell = Cell.of("row." + name, value);
            if (cell != null) {
                cells.put(name, cell);
            }
        });
        return cells;
    }

    private Column column(String name) {
        Column known = byName.get(name);
        if (known != null) {
            return known;
        }
        Column column = new Column();
        byName.put(name, column);
        columns.put(name, column);
        return column;
    }

    private void checkColumns(Map<String, ?> named) {
        long unknown = named.keySet().stream()
                .filter(name -> !byName.containsKey(Objects.requireNonNull(name)))
                .count();
        if (unknown + columns.size() > limits.columns()) {
            throw new IllegalArgumentException("columns: " + (unknown + columns.size()) + " are more than "
                    + limits.columns() + ". Name the features to use, or raise limits.columns.");
        }
    }

    private String describe() {
        return target + ", seed " + seed + ", " + limits;
    }
}
