package io.homeostat.benchmarks.drift;

import io.homeostat.drift.statistics.monitor.AlarmPolicy;
import io.homeostat.drift.statistics.monitor.Monitor;
import io.homeostat.drift.statistics.monitor.MonitorConfig;
import io.homeostat.drift.statistics.monitor.MonitorInput.ChampionChanged;
import io.homeostat.drift.statistics.monitor.MonitorInput.WindowClosed;
import io.homeostat.drift.statistics.monitor.MonitorState;
import io.homeostat.drift.statistics.monitor.MonitorStep;
import io.homeostat.drift.statistics.monitor.TestPolicy;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.NumericProfile;
import io.homeostat.drift.statistics.profile.Profile;
import io.homeostat.drift.statistics.profile.Reference;
import io.homeostat.drift.statistics.profile.ReferenceBuilder;
import io.homeostat.drift.statistics.twosample.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Watches a seasonal stream with a reference, through the monitor, window by window. */
final class SeasonWatch {
    private static final String VERSION = "1";
    private static final String NOBODY = "";

    private final SeasonCase stream;
    private final Reference reference;
    private final MonitorConfig config;
    private final List<List<SeasonCase.Row>> windows = new ArrayList<>();
    private double looked;
    private double tooFew;

    /** Learns the reference, seasonal or blind, of the first part of the stream. */
    SeasonWatch(SeasonCase stream, boolean seasonal, double largeEffect) {
        this.stream = stream;
        ReferenceBuilder builder = new ReferenceBuilder(stream.schema(), Task.BINARY);
        if (seasonal) {
            builder.withSeason(ZoneOffset.UTC, stream.window());
        }
        stream.learned().forEach(row -> builder.add(row.time(), row.values(), null, null, null));
        this.reference = builder.build(VERSION);
        AlarmPolicy alarms = new AlarmPolicy(
                2,
                OptionalDouble.empty(),
                Duration.ZERO,
                true,
                false,
                largeEffect,
                0,
                Duration.ZERO,
                Optional.empty(),
                true);
        TestPolicy tests =
                new TestPolicy(TestPolicy.DEFAULT.fdr(), TestPolicy.DEFAULT.persistence(), stream.minimumRows());
        this.config = MonitorConfig.of(Task.BINARY, stream.schema(), stream.window())
                .withTests(tests)
                .withAlarms(alarms);
        TreeMap<Long, List<SeasonCase.Row>> byWindow = new TreeMap<>();
        stream.watched()
                .forEach(row -> byWindow.computeIfAbsent(
                                Math.floorDiv(
                                        row.time().toEpochMilli(),
                                        stream.window().toMillis()),
                                w -> new ArrayList<>())
                        .add(row));
        windows.addAll(byWindow.values());
    }

    /** How many windows there are. */
    int windows() {
        return windows.size();
    }

    /** In how many windows an alarm is open, if nothing is injected. */
    int alarms() {
        return run(0, NOBODY, 0).alarms;
    }

    /** The share of tests that said there are too few rows. */
    double tooFew() {
        return looked == 0 ? 0 : tooFew / looked;
    }

    /**
     * After how many windows an alarm names a feature that is shifted by so many of the reference's deviations from a
     * window on; empty if none does before the end.
     */
    OptionalInt finds(String feature, double shift, int first) {
        NumericProfile profile = (NumericProfile)
                Optional.ofNullable(reference.profile().features().get(feature)).orElseThrow();
        return run(first, feature, shift * Math.sqrt(profile.variance())).found;
    }

    /** How much windows vary beyond chance: ĉ of a window of m rows, by feature. */
    Map<String, Double> inflation() {
        Map<String, Double> found = new TreeMap<>();
        double m = windows.stream().mapToInt(List::size).average().orElse(1);
        List<SeasonCase.Row> middle = windows.get(windows.size() / 2);
        Profile expected = reference.profileFor(empty(middle));
        stream.schema().features().keySet().forEach(name -> {
            var feature = Optional.ofNullable(expected.features().get(name)).orElseThrow();
            found.put(name, 1 + feature.wander().cells() / (1 / m + 1.0 / Math.max(1, feature.rows())));
        });
        return found;
    }

    private record Outcome(int alarms, OptionalInt found) {}

    /* With a feature named it ends where that is found. */
    private Outcome run(int first, String feature, double shift) {
        Monitor monitor = new Monitor(config);
        MonitorState state = MonitorState.initial(config);
        monitor.on(state, new ChampionChanged(VERSION, Optional.of(reference), 1));
        int alarms = 0;
        for (int i = first; i < windows.size(); i++) {
            List<SeasonCase.Row> rows = windows.get(i);
            Profile window = empty(rows);
            rows.forEach(row -> window.add(shifted(row.values(), feature, shift), null, null));
            MonitorStep step = monitor.on(state, new WindowClosed(window, VERSION));
            looked += step.signals().size();
            tooFew += step.signals().stream()
                    .filter(s -> s.verdict() == Verdict.TOO_FEW_ROWS)
                    .count();
            alarms += step.alarm().isPresent() ? 1 : 0;
            boolean named = step.alarm().stream()
                    .flatMap(alarm -> alarm.evidence().signals().stream())
                    .anyMatch(signal -> signal.feature().equals(feature));
            if (named) {
                return new Outcome(alarms, OptionalInt.of(i - first + 1));
            }
        }
        return new Outcome(alarms, OptionalInt.empty());
    }

    private Profile empty(List<SeasonCase.Row> rows) {
        long length = stream.window().toMillis();
        Instant from = Instant.ofEpochMilli(Math.floorDiv(rows.get(0).time().toEpochMilli(), length) * length);
        return reference.emptyProfile(from, from.plusMillis(length));
    }

    private static Map<String, Object> shifted(Map<String, Object> values, String feature, double shift) {
        if (!(values.get(feature) instanceof Double value)) {
            return values;
        }
        Map<String, Object> moved = new HashMap<>(values);
        moved.put(feature, value + shift);
        return moved;
    }
}
