package io.homeostat.drift.statistics.monitor;

import io.homeostat.drift.statistics.profile.FeatureProfile;
import io.homeostat.drift.statistics.profile.NumericProfile;
import io.homeostat.drift.statistics.profile.Profile;
import io.homeostat.drift.statistics.profile.Reference;
import io.homeostat.drift.statistics.season.RankLevel;
import io.homeostat.drift.statistics.season.SlowShift;
import io.homeostat.drift.statistics.season.SlowShift.Shift;
import io.homeostat.drift.statistics.twosample.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Adds up what windows say of each number's level, where the reference knows how levels go up and down; so a shift too
 * small for any window is found after some weeks.
 */
final class ShiftWatch {
    /** The name in signals. */
    static final String NAME = "slow-shift";

    private static final double MODERATE_SIGMAS = 0.25;
    private static final double LEAST_THRESHOLD = 100;

    private final MonitorConfig config;

    ShiftWatch(MonitorConfig config) {
        this.config = config;
    }

    void on(MonitorState state, Reference reference, Profile expected, Profile window, StepBuilder step) {
        if (reference.season().isEmpty()) {
            return;
        }
        List<Signal> found = new ArrayList<>();
        for (Map.Entry<String, FeatureProfile> entry : expected.features().entrySet()) {
            RankLevel level = reference.season().get().slots().rankLevel(entry.getKey());
            FeatureProfile now = window.features().get(entry.getKey());
            FeatureProfile whole = reference.profile().features().get(entry.getKey());
            if (level.isKnown()
                    && entry.getValue() instanceof NumericProfile before
                    && now instanceof NumericProfile numeric
                    && whole instanceof NumericProfile all
                    && now.rows() >= config.tests().minimumRows()
                    && before.values() > 0) {
                double deviation = level(numeric, all) - level(before, all);
                SlowShift detector = state.shifts.computeIfAbsent(entry.getKey(), name -> new SlowShift(level));
                double threshold = threshold(level, expected.features().size());
                detector.note(window.from(), window.to(), deviation, now.values(), threshold)
                        .map(shift -> signal(window, entry.getKey(), shift, threshold, before, numeric))
                        .ifPresent(found::add);
            }
        }
        step.signals.addAll(found);
        report(state, reference, window, found, step);
    }

    /* Blocks of all features to a false alarm. */
    private double threshold(RankLevel level, int features) {
        return Math.max(
                LEAST_THRESHOLD, features / AlarmBudget.per(level.blockMillis(), config, AlarmBudget.SLOW_SHIFTS));
    }

    private static double level(NumericProfile profile, NumericProfile reference) {
        return RankLevel.level(shares(profile), shares(reference));
    }

    private static double[] shares(NumericProfile profile) {
        return Arrays.stream(profile.counts()).asDoubleStream().toArray();
    }

    private void report(MonitorState state, Reference reference, Profile window, List<Signal> found, StepBuilder step) {
        List<Signal> large = found.stream()
                .filter(s -> s.effect() >= MODERATE_SIGMAS * config.alarms().largeEffect())
                .toList();
        if (config.alarms().inputDriftAlarms() && !large.isEmpty()) {
            Instant since =
                    large.stream().map(Signal::from).min(Instant::compareTo).orElseThrow();
            step.findings.add(new Evidence(
                    AlarmKind.DATA_DRIFT,
                    Severity.MINOR,
                    reference.modelVersion(),
                    large,
                    since,
                    state.clock.seenSince(since),
                    window.to(),
                    large.get(0).feature() + ": " + large.get(0).reason()));
        }
    }

    private static Signal signal(
            Profile window, String feature, Shift shift, double threshold, NumericProfile before, NumericProfile now) {
        String reason = String.format(
                Locale.ROOT,
                "level %s by about %.2f σ since %s, a little in every window (%.2g >= %.2g)",
                shift.sigmas() > 0 ? "rose" : "fell",
                Math.abs(shift.sigmas()),
                shift.since(),
                shift.statistic(),
                threshold);
        return new Signal(
                shift.since(),
                window.to(),
                feature,
                NAME,
                shift.statistic(),
                Math.abs(shift.sigmas()),
                1,
                1,
                threshold,
                before.values(),
                now.values(),
                Verdict.DIFFERENT,
                true,
                reason);
    }
}
