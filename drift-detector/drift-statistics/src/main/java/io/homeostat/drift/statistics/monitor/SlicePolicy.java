package io.homeostat.drift.statistics.monitor;

import io.homeostat.drift.statistics.performance.Metric;
import io.homeostat.drift.statistics.profile.FeatureType;
import io.homeostat.drift.statistics.profile.Schema;
import java.util.List;
import java.util.Map;

/**
 * The features whose values get their own performance series, and what every one of these series is held to.
 *
 * @param columns the features; each once
 * @param limits the bound of each metric that has one: the least of a metric of which more is better, the most of others
 */
public record SlicePolicy(List<Column> columns, Map<Metric, Double> limits) {
    /** No slices. */
    public static final SlicePolicy NONE = new SlicePolicy(List.of(), Map.of());

    /** Copies both. */
    public SlicePolicy {
        columns = List.copyOf(columns);
        limits = Map.copyOf(limits);
    }

    /**
     * A sliced feature.
     *
     * @param name of the feature
     * @param cuts of a number: rising, each the upper end of a range; empty for those of the reference's quantiles
     * @param values the most values, or ranges, with a series of their own; at least 1
     */
    public record Column(String name, List<Double> cuts, int values) {
        /** Checks the number of values. */
        public Column {
            cuts = List.copyOf(cuts);
            if (values < 1) {
                throw new IllegalArgumentException("slices." + name + ": " + values + " values are below 1.");
            }
        }
    }

    void check(Schema schema) {
        for (Column column : columns) {
            FeatureType type = schema.features().get(column.name());
            if (type == null
                    || (type == FeatureType.CATEGORICAL && !column.cuts().isEmpty())) {
                throw new IllegalArgumentException("slices." + column.name()
                        + ": it is no feature, or a categorical one with cuts. Name a feature, cut only numbers.");
            }
        }
    }
}
