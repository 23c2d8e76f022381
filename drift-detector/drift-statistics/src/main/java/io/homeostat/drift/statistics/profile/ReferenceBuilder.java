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
 * rows counted. At most a number of rows is held; of more, a uniform sample (reservoir, seeded) is.
 *
 * <p>A season is learned if {@link #withSeason} was asked for and every row came with its time.
 */
public final class ReferenceBuilder {
    /** The default of the most rows held. */
    public static final int DEFAULT_ROWS = 20_000;

    private static final int TAG = 45;
    private static final int VERSION = 1;
    private static final double RESIDUAL_QUANTILE = 0.95;

    private final Schema schema;
    private final Task task;
    private final RowSample rows;
    private final Reservoir labels;
    private double[] losses = new double[0];
    private @Nullable WeekClock clock;
    private Duration window = Duration.ZERO;

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

    private ReferenceBuilder(Schema schema, Task task, RowSample rows, Reservoir labels) {
        this.schema = schema;
        this.task = task;
        this.rows = rows;
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
        rows.add(time, values, score, predicted);
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

    /** How many rows were added. */
    public long rows() {
        return rows.seen();
    }

    /** The time between the first and the last row that had a time; zero without. */
    public Duration span() {
        return rows.first().isAfter(rows.last()) ? Duration.ZERO : Duration.between(rows.first(), rows.last());
    }

    /** The reference of the rows added so far, over the time of its rows. */
    public Reference build(String modelVersion) {
        if (!rows.timed()) {
            throw new IllegalStateException(
                    "reference: rows without a time were added, or none. Give the time that it covers.");
        }
        return build(modelVersion, rows.first(), rows.last());
    }

    /** The reference of the rows added so far. */
    public Reference build(String modelVersion, Instant from, Instant to) {
        if (rows.seen() == 0) {
            throw new IllegalStateException(
                    "reference: no rows were added. Give it the rows the version was judged on.");
        }
        Map<String, BinEdges> edges = new LinkedHashMap<>();
        Map<String, Categories> known = new LinkedHashMap<>();
        schema.features().forEach((name, type) -> {
            if (type == FeatureType.NUMERIC) {
                edges.put(name, edges(name));
            } else {
                known.put(name, categories(name));
            }
        });
        edges.put(Profile.SCORE, edges(Profile.SCORE));
        known.put(Profile.PREDICTION, categories(Profile.PREDICTION));
        Profile profile = Profile.empty(schema, edges, known, from, to);
        count(profile);
        return new Reference(modelVersion, schema, profile, error(), season(profile));
    }

    /** The state as bytes; the schema and task are not in it. */
    byte[] toBytes() {
        StateWriter out = new StateWriter(TAG, VERSION);
        rows.write(out);
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
        ReferenceBuilder builder = new ReferenceBuilder(schema, task, RowSample.read(schema, in), Reservoir.read(in));
        builder.losses = in.reals();
        if (in.flag()) {
            builder.withSeason(ZoneOffset.ofTotalSeconds((int) in.fixed()), Duration.ofMillis(in.count()));
        }
        in.end();
        return builder;
    }

    private BinEdges edges(String name) {
        return BinEdges.ofQuantiles(finite(name), BinEdges.DEFAULT_BINS);
    }

    private double[] finite(String name) {
        return Arrays.stream(rows.numbers(name)).filter(Double::isFinite).toArray();
    }

    /* The most frequent ones, counted exactly, as all rows held are here. */
    private Categories categories(String name) {
        Map<String, Long> counts = new HashMap<>();
        for (String text : rows.texts(name)) {
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

    private void count(Profile profile) {
        profile.features().forEach((name, feature) -> {
            if (feature instanceof NumericProfile numeric) {
                for (double value : rows.numbers(name)) {
                    Profile.addNumber(numeric, value);
                }
            } else {
                for (String text : rows.texts(name)) {
                    Profile.addText((CategoricalProfile) feature, text);
                }
            }
        });
        profile.counted(rows.kept());
    }

    private Optional<Season> season(Profile profile) {
        WeekClock seasonal = clock;
        if (seasonal == null || !rows.timed()) {
            return Optional.empty();
        }
        SeasonLearner learner =
                new SeasonLearner(seasonal, rows.first(), rows.last().plusMillis(1), window, rows.times());
        Map<String, SeasonCells> cells = new LinkedHashMap<>();
        profile.features().forEach((name, feature) -> {
            if (feature instanceof NumericProfile numeric) {
                NumericCells of = NumericCells.of(finite(name), numeric.edges());
                int[] column =
                        Arrays.stream(rows.numbers(name)).mapToInt(of::cellOf).toArray();
                learner.learn(name, column, of.kinds());
                cells.put(name, of);
            } else {
                CategoryCells of = CategoryCells.of((CategoricalProfile) feature);
                int[] column =
                        Arrays.stream(rows.texts(name)).mapToInt(of::cellOf).toArray();
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
