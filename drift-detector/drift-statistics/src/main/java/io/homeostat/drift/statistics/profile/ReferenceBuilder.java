package io.homeostat.drift.statistics.profile;

import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.state.SplitMix;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Reference} in two passes: rows are collected, then the bins' edges are frozen at their quantiles and
 * the rows counted. At most a number of rows is held; of more, a uniform sample (reservoir, seeded) is.
 */
public final class ReferenceBuilder {
    /** The default of the most rows held. */
    public static final int DEFAULT_ROWS = 20_000;

    private static final double RESIDUAL_QUANTILE = 0.95;

    private final Schema schema;
    private final Task task;
    private final int limit;
    private final List<Row> rows = new ArrayList<>();
    private final List<Double> losses = new ArrayList<>();
    private long coin;
    private long seen;
    private long labels;

    /**
     * A builder.
     *
     * @param schema the features
     * @param task decides how losses are scaled
     * @param limit the most rows held, at least 1, default {@value #DEFAULT_ROWS}
     * @param seed of the sampling beyond the limit
     */
    public ReferenceBuilder(Schema schema, Task task, int limit, long seed) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit: " + limit + " is below 1. The default is 20000.");
        }
        this.schema = schema;
        this.task = task;
        this.limit = limit;
        this.coin = seed;
    }

    /** A builder with the default limit. */
    public ReferenceBuilder(Schema schema, Task task) {
        this(schema, task, DEFAULT_ROWS, 1);
    }

    private record Row(
            Map<String, @Nullable Object> values,
            @Nullable Double score,
            @Nullable String predicted) {}

    /**
     * Adds a row.
     *
     * @param values features by name: numbers, texts for categorical features, null or absent if missing
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
        checkLoss(loss);
        Map<String, @Nullable Object> kept = new HashMap<>();
        for (String name : schema.features().keySet()) {
            kept.put(name, values.get(name));
        }
        keep(rows, new Row(kept, score, predicted), ++seen);
        if (loss != null) {
            keep(losses, loss, ++labels);
        }
        return this;
    }

    /** How many rows were added. */
    public long rows() {
        return seen;
    }

    /** The reference of the rows added so far. */
    public Reference build(String modelVersion, Instant from, Instant to) {
        if (rows.isEmpty()) {
            throw new IllegalStateException(
                    "reference: no rows were added. Give it the rows the version was judged on.");
        }
        Map<String, BinEdges> edges = new LinkedHashMap<>();
        schema.features().forEach((name, type) -> {
            if (type == FeatureType.NUMERIC) {
                edges.put(
                        name,
                        edges(rows.stream().map(row -> row.values().get(name)).toList()));
            }
        });
        edges.put(Profile.SCORE, edges(rows.stream().map(Row::score).toList()));
        Profile profile = Profile.empty(schema, edges, from, to);
        rows.forEach(row -> profile.add(row.values(), row.score(), row.predicted()));
        return new Reference(modelVersion, schema, profile, error());
    }

    private static BinEdges edges(List<? extends @Nullable Object> values) {
        double[] numbers = values.stream()
                .filter(Objects::nonNull)
                .filter(Number.class::isInstance)
                .mapToDouble(value -> ((Number) value).doubleValue())
                .filter(Double::isFinite)
                .toArray();
        return BinEdges.ofQuantiles(numbers, BinEdges.DEFAULT_BINS);
    }

    private Optional<ReferenceError> error() {
        if (labels == 0) {
            return Optional.empty();
        }
        double[] sorted =
                losses.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double quantile = sorted[(int) Math.ceil(RESIDUAL_QUANTILE * sorted.length) - 1];
        // residuals that are all 0 give no scale: any error then counts in full above one unit
        double scale = task == Task.REGRESSION && quantile > 0 ? quantile : 1;
        double sum = 0;
        for (double loss : sorted) {
            sum += Math.min(1, loss / scale);
        }
        return Optional.of(new ReferenceError(sum / sorted.length, scale, labels));
    }

    private void checkLoss(@Nullable Double loss) {
        if (loss != null && (!(loss >= 0) || Double.isInfinite(loss) || (task != Task.REGRESSION && loss > 1))) {
            throw new IllegalArgumentException("loss: " + loss + " is not "
                    + (task == Task.REGRESSION
                            ? "a finite absolute error."
                            : "in 0..1; give 1 for wrong, 0 for right."));
        }
    }

    private <T> void keep(List<T> kept, T value, long count) {
        if (kept.size() < limit) {
            kept.add(value);
            return;
        }
        coin = SplitMix.next(coin);
        long slot = Long.remainderUnsigned(SplitMix.bits(coin), count);
        if (slot < limit) {
            kept.set((int) slot, value);
        }
    }
}
