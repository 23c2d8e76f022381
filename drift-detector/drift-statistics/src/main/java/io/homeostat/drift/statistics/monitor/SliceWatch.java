package io.homeostat.drift.statistics.monitor;

import io.homeostat.drift.statistics.monitor.MonitorInput.Outcome;
import io.homeostat.drift.statistics.performance.MetricValue;
import io.homeostat.drift.statistics.performance.PerformanceWindow;
import io.homeostat.drift.statistics.profile.CategoricalProfile;
import io.homeostat.drift.statistics.profile.FeatureProfile;
import io.homeostat.drift.statistics.profile.FeatureType;
import io.homeostat.drift.statistics.profile.NumericProfile;
import io.homeostat.drift.statistics.profile.Reference;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Performance per value of the sliced features, in the windows of all outcomes.
 *
 * <p>Which values: of a number the ranges between the cuts, or between the reference's quantiles; of a categorical feature
 * the reference's most frequent categories, then others in the order in which they come, until there are as many as the
 * policy allows. They stay until the champion changes; all others share one series.
 */
final class SliceWatch {
    private final MonitorConfig config;
    private final BiConsumer<PerformanceWindow, Outcome> adding;
    private final SliceJudge judge;

    /**
     * A watch.
     *
     * @param adding puts an outcome into a window
     */
    SliceWatch(MonitorConfig config, BiConsumer<PerformanceWindow, Outcome> adding) {
        this.config = config;
        this.adding = adding;
        this.judge = new SliceJudge(config);
    }

    void add(MonitorState state, Outcome outcome) {
        for (SlicePolicy.Column column : config.slices().columns()) {
            Object value = outcome.slices().get(column.name());
            name(state, column, value)
                    .map(name -> state.slices.windows.computeIfAbsent(
                            new Slice(column.name(), name), s -> new PerformanceWindow(config.task())))
                    .ifPresent(window -> adding.accept(window, outcome));
        }
    }

    /** Empty for a number without cuts while there is no reference. */
    private Optional<String> name(MonitorState state, SlicePolicy.Column column, @Nullable Object value) {
        if (config.schema().features().get(column.name()) == FeatureType.CATEGORICAL) {
            return Optional.of(value == null ? Slice.MISSING : category(state, column, value.toString()));
        }
        return value instanceof Number number && Double.isFinite(number.doubleValue())
                ? ranges(state, column).map(ranges -> ranges.nameOf(number.doubleValue()))
                : Optional.of(Slice.MISSING);
    }

    private static String category(MonitorState state, SlicePolicy.Column column, String value) {
        TreeSet<String> own = state.slices.categories.computeIfAbsent(
                column.name(), name -> frequent(feature(state, column), column.values()));
        String name = CategoricalProfile.cut(value);
        if (!own.contains(name)) {
            if (own.size() >= column.values() || name.equals(Slice.OTHER)) {
                return Slice.OTHER;
            }
            own.add(name);
        }
        return name;
    }

    private static TreeSet<String> frequent(@Nullable FeatureProfile reference, int most) {
        TreeSet<String> names = new TreeSet<>();
        if (reference instanceof CategoricalProfile categories) {
            categories.counts().entrySet().stream()
                    .filter(entry -> entry.getValue() > 0 && !entry.getKey().equals(Slice.OTHER))
                    .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(most)
                    .forEach(entry -> names.add(entry.getKey()));
        }
        return names;
    }

    private static Optional<NumberRanges> ranges(MonitorState state, SlicePolicy.Column column) {
        NumberRanges known = state.slices.ranges.get(column);
        if (known == null && !column.cuts().isEmpty()) {
            known = NumberRanges.between(column.cuts());
        } else if (known == null && feature(state, column) instanceof NumericProfile numbers) {
            known = NumberRanges.ofQuantiles(numbers, column.values());
        }
        if (known != null) {
            state.slices.ranges.put(column, known);
        }
        return Optional.ofNullable(known);
    }

    private static @Nullable FeatureProfile feature(MonitorState state, SlicePolicy.Column column) {
        Reference reference = state.reference;
        return reference == null ? null : reference.profile().features().get(column.name());
    }

    /** Ends the windows of all slices with the window of all outcomes. */
    void close(MonitorState state, Instant from, Instant to, StepBuilder step) {
        Map<Slice, List<MetricValue>> metrics = new TreeMap<>();
        state.slices.windows.forEach((slice, window) -> metrics.put(slice, window.metrics()));
        metrics.forEach((slice, values) -> values.forEach(
                value -> step.performance.add(new PerformancePoint(from, to, Optional.of(slice), value))));
        judge.on(state, metrics, from, to, step);
        state.slices.windows.clear();
        // a column that is not sliced any more
        state.slices
                .categories
                .keySet()
                .retainAll(config.slices().columns().stream()
                        .map(SlicePolicy.Column::name)
                        .toList());
    }
}
