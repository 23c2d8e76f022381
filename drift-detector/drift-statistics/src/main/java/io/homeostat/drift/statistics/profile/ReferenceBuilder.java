package io.homeostat.drift.statistics.profile;

import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.season.SeasonLearner;
import io.homeostat.drift.statistics.season.WeekClock;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Reference} in two passes: rows are collected, then the bins' edges and the categories are frozen and the
 * rows counted. At most a number of rows is held; of more, a uniform sample (seeded) is.
 *
 * <p>A season is learned if {@link #withSeason} was asked for and every row came with its time.
 */
public final class ReferenceBuilder {
    /** The default of the most rows held. */
    public static final int DEFAULT_ROWS = 20_000;

    private static final int TAG = 45;
    private static final int VERSION = 2;
    private static final int MOST_VALUES_KEPT = 200_000;
    private static final int FEWEST_ROWS_KEPT = 500;
    private static final double RESIDUAL_QUANTILE = 0.95;

    private final Schema schema;
    private final Task task;
    private final RowSample sample;
    private final Reservoir labels;
    private double[] losses = new double[0];
    private @Nullable WeekClock clock;
    private Duration window = Duration.ZERO;
    private boolean withRows;

    /**
     * A builder.
     *
     * @param schema the features
     * @param task decides how losses are scaled
     * @param limit the most rows held, at least 1, default {@value #DEFAULT_ROWS}
     * @param seed of the sampling beyond the limit
     */
    public ReferenceBuilder(Schema schema, Task task, int limit, long seed) {
        this(schema, task, new RowSample(schema, checked(limit), seed), new Reservoir(limit, ~seed));
    }

    /** A builder with the default limit. */
    public ReferenceBuilder(Schema schema, Task task) {
        this(schema, task, DEFAULT_ROWS, 1);
    }

    private ReferenceBuilder(Schema schema, Task task, RowSample sample, Reservoir labels) {
        this.schema = schema;
        this.task = task;
        this.sample = sample;
        this.labels = labels;
    }

    /**
     * Asks for a season.
     *
     * @param offset whose hours and days count, from UTC
     * @param windowLength of the windows that will be compared, at least 1 ms
     */
    public ReferenceBuilder withSeason(ZoneOffset offset, Duration windowLength) {
        if (windowLength.toMillis() < 1) {
            throw new IllegalArgumentException("window: " + windowLength + " is below 1 ms.");
        }
        clock = new WeekClock(offset);
        window = windowLength;
        return this;
    }

    /**
     * Asks for a sample of the rows in the reference, for tests of the joint distribution: at most 2,000 rows and 200,000
     * values, but at least 500 rows.
     */
    public ReferenceBuilder withRows(boolean keep) {
        withRows = keep;
        return this;
    }

    private Optional<RowSample> keptRows() {
        if (!withRows) {
            return Optional.empty();
        }
        int affordable = MOST_VALUES_KEPT / (schema.features().size() + 2);
        int limit = Math.max(FEWEST_ROWS_KEPT, Math.min(RowSample.DEFAULT_LIMIT, affordable));
        RowSample kept = new RowSample(schema, limit, 1);
        kept.merge(sample);
        return Optional.of(kept);
    }

    /**
     * Adds a row whose time is not known.
     *
     * @param values features by name: numbers, texts for categorical features, null or absent if missing; a text in a
     *     numeric feature is an error that leaves the builder as it was
     * @param score the model's score, null if there is none
     * @param predicted the class predicted, null if there is none
     * @param loss of a labelled row: 1 or 0 (wrong or right) of a classifier, the absolute error of a regression; null
     *     without a label
     */
    public ReferenceBuilder add(
            Map<String, ? extends @Nullable Object> values,
            @Nullable Double score,
            @Nullable String predicted,
            @Nullable Double loss) {
        return add(null, values, score, predicted, loss);
    }

    /** Adds a row of a time; times may come in any order. */
    public ReferenceBuilder add(
            @Nullable Instant time,
            Map<String, ? extends @Nullable Object> values,
            @Nullable Double score,
            @Nullable String predicted,
            @Nullable Double loss) {
        checkLoss(loss);
        schema.features().forEach((name, type) -> {
            if (type == FeatureType.NUMERIC) {
                Profile.checkNumber(name, values.get(name));
            }
        });
        sample.add(time, values, score, predicted);
        if (loss != null) {
            int place = labels.next();
            if (place >= losses.length) {
                losses = Arrays.copyOf(losses, Math.max(64, losses.length * 2));
            }
            if (place >= 0) {
                losses[place] = loss;
            }
        }
        return this;
    }

    /** Adds all rows of a sample, without labels. */
    public ReferenceBuilder add(RowSample rows) {
        sample.merge(rows);
        return this;
    }

    /** How many rows were added. */
    public long rows() {
        return sample.seen();
    }

    /** The time between the first and the last row that had a time; zero without. */
    public Duration span() {
        return sample.first().isAfter(sample.last()) ? Duration.ZERO : Duration.between(sample.first(), sample.last());
    }

    /** The reference of the rows added so far, over the time of its rows. */
    public Reference build(String modelVersion) {
        if (!sample.timed()) {
            throw new IllegalStateException(
                    "reference: rows without a time were added, or none. Give the time that it covers.");
        }
        return build(modelVersion, sample.first(), sample.last());
    }

    /** The reference of the rows added so far. */
    public Reference build(String modelVersion, Instant from, Instant to) {
        if (sample.seen() == 0) {
            throw new IllegalStateException(
                    "reference: no rows were added. Give it the rows the version was judged on.");
        }
        List<Row> rows = sample.rowsInOrder();
        Map<String, BinEdges> edges = new LinkedHashMap<>();
        Map<String, Categories> known = new LinkedHashMap<>();
        schema.features().forEach((name, type) -> {
            if (type == FeatureType.NUMERIC) {
                edges.put(name, edges(name, rows));
            } else {
                known.put(name, categories(name, rows));
            }
        });
        edges.put(Profile.SCORE, edges(Profile.SCORE, rows));
        known.put(Profile.PREDICTION, categories(Profile.PREDICTION, rows));
        Profile profile = Profile.empty(schema, edges, known, from, to);
        count(profile, rows);
        return new Reference(modelVersion, schema, profile, error(), season(profile, rows), keptRows());
    }

    /** The state as bytes; the schema and task are not in it. */
    byte[] toBytes() {
        StateWriter out = new StateWriter(TAG, VERSION);
        out.bytes(sample.toBytes());
        labels.write(out);
        out.reals(Arrays.copyOf(losses, labels.kept()));
        WeekClock seasonal = clock;
        out.flag(seasonal != null);
        if (seasonal != null) {
            out.fixed(seasonal.offset().getTotalSeconds()).count(window.toMillis());
        }
        return out.toBytes();
    }

    static ReferenceBuilder fromBytes(Schema schema, Task task, byte[] bytes) {
        StateReader in = new StateReader("reference builder", bytes, TAG, VERSION);
        ReferenceBuilder builder =
                new ReferenceBuilder(schema, task, RowSample.fromBytes(in.bytes()), Reservoir.read(in));
        builder.losses = in.reals();
        if (in.flag()) {
            builder.withSeason(ZoneOffset.ofTotalSeconds((int) in.fixed()), Duration.ofMillis(in.count()));
        }
        in.end();
        return builder;
    }

    private BinEdges edges(String name, List<Row> rows) {
        return BinEdges.ofQuantiles(finite(name, rows), BinEdges.DEFAULT_BINS);
    }

    private double[] finite(String name, List<Row> rows) {
        return Arrays.stream(sample.columns().numbers(name, rows))
                .filter(Double::isFinite)
                .toArray();
    }

    /* The most frequent ones, counted exactly, as all rows held are here. */
    private Categories categories(String name, List<Row> rows) {
        Map<String, Long> counts = new HashMap<>();
        for (String text : sample.columns().texts(name, rows)) {
            if (text != null) {
                counts.merge(text, 1L, Long::sum);
            }
        }
        List<String> frequent = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(CategoricalProfile.DEFAULT_CATEGORIES)
                .map(Map.Entry::getKey)
                .toList();
        return Categories.of(frequent, frequent.size() == counts.size());
    }

    private void count(Profile profile, List<Row> rows) {
        profile.features().forEach((name, feature) -> {
            if (feature instanceof NumericProfile numeric) {
                numeric.add(sample.columns().numbers(name, rows), rows.size());
            } else {
                ((CategoricalProfile) feature).add(sample.columns().texts(name, rows));
            }
        });
        profile.counted(rows.size());
    }

    private Optional<Season> season(Profile profile, List<Row> rows) {
        WeekClock seasonal = clock;
        if (seasonal == null || !sample.timed()) {
            return Optional.empty();
        }
        SeasonLearner learner = new SeasonLearner(
                seasonal,
                sample.first(),
                sample.last().plusMillis(1),
                window,
                rows.stream().mapToLong(Row::order).toArray());
        Map<String, SeasonCells> cells = new LinkedHashMap<>();
        profile.features().forEach((name, feature) -> {
            if (feature instanceof NumericProfile numeric) {
                NumericCells of = NumericCells.of(finite(name, rows), numeric.edges());
                int[] column = Arrays.stream(sample.columns().numbers(name, rows))
                        .mapToInt(of::cellOf)
                        .toArray();
                learner.learn(name, column, of.kinds());
                cells.put(name, of);
            } else {
                CategoryCells of = CategoryCells.of((CategoricalProfile) feature);
                int[] column = Arrays.stream(sample.columns().texts(name, rows))
                        .mapToInt(of::cellOf)
                        .toArray();
                learner.learn(name, column, of.kinds());
                cells.put(name, of);
            }
        });
        return Optional.of(new Season(learner.season(), cells));
    }

    private Optional<ReferenceError> error() {
        if (labels.seen() == 0) {
            return Optional.empty();
        }
        double[] sorted = Arrays.copyOf(losses, labels.kept());
        Arrays.sort(sorted);
        double quantile = sorted[(int) Math.ceil(RESIDUAL_QUANTILE * sorted.length) - 1];
        // residuals that are all 0 give no scale: any error then counts in full above one unit
        double scale = task == Task.REGRESSION && quantile > 0 ? quantile : 1;
        double sum = 0;
        for (double loss : sorted) {
            sum += Math.min(1, loss / scale);
        }
        return Optional.of(new ReferenceError(sum / sorted.length, scale, labels.seen()));
    }

    private void checkLoss(@Nullable Double loss) {
        if (loss != null && (!(loss >= 0) || Double.isInfinite(loss) || (task != Task.REGRESSION && loss > 1))) {
            throw new IllegalArgumentException("loss: " + loss + " is not "
                    + (task == Task.REGRESSION
                            ? "a finite absolute error."
                            : "in 0..1; give 1 for wrong, 0 for right."));
        }
    }

    private static int checked(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit: " + limit + " is below 1. The default is 20000.");
        }
        return limit;
    }
}
