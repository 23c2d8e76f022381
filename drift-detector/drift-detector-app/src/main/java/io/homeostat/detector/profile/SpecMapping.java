package io.homeostat.detector.profile;

import io.homeostat.backbone.spec.FeatureKind;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.Period;
import io.homeostat.backbone.spec.WatchSpec;
import io.homeostat.drift.statistics.monitor.AlarmPolicy;
import io.homeostat.drift.statistics.monitor.MonitorConfig;
import io.homeostat.drift.statistics.monitor.SlicePolicy;
import io.homeostat.drift.statistics.monitor.TestPolicy;
import io.homeostat.drift.statistics.performance.Metric;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.FeatureType;
import io.homeostat.drift.statistics.profile.Schema;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A model spec in the words of the drift statistics. */
public final class SpecMapping {
    private SpecMapping() {}

    /** The features. */
    public static Schema schema(ModelSpec spec) {
        Map<String, FeatureType> features = new LinkedHashMap<>();
        spec.features()
                .forEach((name, kind) -> features.put(
                        name, kind == FeatureKind.NUMERIC ? FeatureType.NUMERIC : FeatureType.CATEGORICAL));
        return new Schema(features);
    }

    /** What is watched. */
    public static MonitorConfig monitor(ModelSpec spec) {
        WatchSpec.Alarm alarm = spec.watch().alarm();
        AlarmPolicy alarms = AlarmPolicy.DEFAULT
                .withBudget(alarm.falseAlarmsPerYear(), alarm.cooldown().value())
                .withSettle(alarm.settleRows(), alarm.settleAtMost().value())
                .withEstimateAlarms(alarm.onEstimates())
                .withRefitEvery(Optional.ofNullable(spec.retune().refitEvery()).map(Period::value));
        TestPolicy tests =
                new TestPolicy(TestPolicy.DEFAULT.fdr(), alarm.persistence(), TestPolicy.DEFAULT.minimumRows());
        return MonitorConfig.of(
                        Task.valueOf(spec.task().name()),
                        schema(spec),
                        spec.watch().window().value())
                .withPositiveClass(spec.positive())
                .withLimits(limits(spec))
                .withSlices(slices(spec))
                .withTests(tests)
                .withAlarms(alarms);
    }

    private static SlicePolicy slices(ModelSpec spec) {
        Map<Metric, Double> limits = new EnumMap<>(Metric.class);
        spec.watch().metrics().forEach((name, bound) -> {
            if (bound.perSlice() != null) {
                limits.put(Metric.ofKey(name), bound.perSlice());
            }
        });
        List<SlicePolicy.Column> columns = spec.watch().slices().stream()
                .map(slice -> new SlicePolicy.Column(slice.column(), slice.cuts(), slice.values()))
                .toList();
        return new SlicePolicy(columns, limits);
    }

    /** What is watched of feature rows: their inputs. Nothing follows from an alarm, as there are no labels to learn from. */
    public static MonitorConfig featureRows(ModelSpec spec) {
        MonitorConfig model = monitor(spec);
        return model.withLimits(Map.of())
                .withSlices(SlicePolicy.NONE)
                .withAlarms(model.alarms().withoutRetune());
    }

    private static Map<Metric, Double> limits(ModelSpec spec) {
        Map<Metric, Double> limits = new EnumMap<>(Metric.class);
        spec.watch().metrics().forEach((name, bound) -> {
            Metric metric = Metric.ofKey(name);
            Double limit = metric.higherIsBetter() ? bound.atLeast() : bound.atMost();
            if (limit != null) {
                limits.put(metric, limit);
            }
        });
        return limits;
    }
}
