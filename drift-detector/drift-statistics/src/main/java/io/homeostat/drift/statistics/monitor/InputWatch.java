package io.homeostat.drift.statistics.monitor;

import io.homeostat.drift.statistics.correction.BenjaminiHochberg;
import io.homeostat.drift.statistics.joint.FourierMmd;
import io.homeostat.drift.statistics.joint.JointDriftTest;
import io.homeostat.drift.statistics.monitor.MonitorInput.WindowClosed;
import io.homeostat.drift.statistics.profile.FeatureProfile;
import io.homeostat.drift.statistics.profile.Profile;
import io.homeostat.drift.statistics.profile.Reference;
import io.homeostat.drift.statistics.twosample.ChiSquareHomogeneity;
import io.homeostat.drift.statistics.twosample.KolmogorovSmirnov;
import io.homeostat.drift.statistics.twosample.NullRate;
import io.homeostat.drift.statistics.twosample.PopulationStabilityIndex;
import io.homeostat.drift.statistics.twosample.TwoSampleResult;
import io.homeostat.drift.statistics.twosample.TwoSampleTest;
import io.homeostat.drift.statistics.twosample.Verdict;
import io.homeostat.drift.statistics.twosample.Wasserstein;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares every feature of a window with the reference: all tests, corrected together, and believed if they last. Where both
 * have rows, their joint distribution is compared, too. That is signalled and never alarmed by itself: rows of a window are
 * alike in more ways than a test of independent rows allows for, and there is no effect that is large for every model.
 */
final class InputWatch {
    private final MonitorConfig config;
    private final Map<String, TwoSampleTest> tests = new LinkedHashMap<>();
    private final JointDriftTest joint = new FourierMmd();

    private final ShiftWatch shifts;

    InputWatch(MonitorConfig config) {
        this.config = config;
        this.shifts = new ShiftWatch(config);
        long fewest = config.tests().minimumRows();
        for (TwoSampleTest test : List.of(
                new PopulationStabilityIndex(0.1, fewest),
                new KolmogorovSmirnov(0.1, fewest),
                new Wasserstein(0.1, fewest),
                new ChiSquareHomogeneity(0.1, fewest),
                new NullRate(0.05, fewest))) {
            tests.put(test.name(), test);
        }
    }

    void on(MonitorState state, Reference reference, WindowClosed closed, StepBuilder step) {
        Profile window = closed.merged();
        Profile expected = reference.profileFor(window);
        List<TwoSampleResult> results = results(expected, window);
        closed.rows()
                .flatMap(now -> reference.rowsFor(window).map(before -> joint.test(before, now)))
                .ifPresent(results::add);
        double[] adjusted = BenjaminiHochberg.adjust(
                results.stream().mapToDouble(TwoSampleResult::pValue).toArray());
        Map<String, Boolean> drifted = new LinkedHashMap<>();
        List<Signal> signals = new ArrayList<>();
        for (int i = 0; i < adjusted.length; i++) {
            TwoSampleResult r = results.get(i);
            boolean holds = r.verdict() == Verdict.DIFFERENT
                    && adjusted[i] <= config.tests().fdr();
            signals.add(signal(window, r, adjusted[i], holds));
            // a window that says nothing neither prolongs a streak nor ends it
            if (r.verdict() == Verdict.DIFFERENT || r.verdict() == Verdict.SAME) {
                drifted.merge(r.feature(), holds, Boolean::logicalOr);
            }
        }
        step.signals.addAll(signals);
        judge(state, reference, window, drifted, signals, step);
        shifts.on(state, reference, expected, window, step);
    }

    private List<TwoSampleResult> results(Profile reference, Profile window) {
        List<TwoSampleResult> results = new ArrayList<>();
        for (Map.Entry<String, FeatureProfile> entry : reference.features().entrySet()) {
            FeatureProfile now = window.features().get(entry.getKey());
            // a score or a prediction that was never given is no feature
            if (now == null || (entry.getValue().values() == 0 && now.values() == 0)) {
                continue;
            }
            for (TwoSampleTest test : tests.values()) {
                if (test.appliesTo(entry.getValue())) {
                    results.add(test.test(entry.getKey(), entry.getValue(), now));
                }
            }
        }
        return results;
    }

    private void judge(
            MonitorState state,
            Reference reference,
            Profile window,
            Map<String, Boolean> drifted,
            List<Signal> signals,
            StepBuilder step) {
        List<Signal> lasting = new ArrayList<>();
        Instant since = window.from();
        for (Map.Entry<String, Boolean> feature : drifted.entrySet()) {
            var streak = state.inputStreaks.note(feature.getKey(), feature.getValue(), window.from());
            if (streak.isPresent()) {
                signals.stream()
                        .filter(s -> s.drifted() && s.feature().equals(feature.getKey()))
                        .forEach(lasting::add);
                since = streak.get().isBefore(since) ? streak.get() : since;
            }
        }
        lasting.sort(Comparator.comparingDouble(this::strength).reversed());
        if (config.alarms().inputDriftAlarms() && lasting.stream().anyMatch(this::isAlarming)) {
            step.findings.add(new Evidence(
                    AlarmKind.DATA_DRIFT,
                    Severity.MINOR,
                    reference.modelVersion(),
                    lasting,
                    since,
                    state.clock.seenSince(since),
                    window.to(),
                    summary(lasting)));
        }
    }

    private String summary(List<Signal> lasting) {
        Signal top = lasting.get(0);
        long features = lasting.stream().map(Signal::feature).distinct().count();
        return "inputs drifted in " + config.tests().persistence() + " windows in a row: " + features
                + (features == 1 ? " feature" : " features") + ", most of all " + top.feature() + " (" + top.reason()
                + ")";
    }

    /*
     * Windows of one day are alike, so lasting is no independent proof: in a window without drift the smallest adjusted
     * p-value is below a level with the probability of that level at most, and the windows of a year share the budget.
     */
    private boolean isAlarming(Signal signal) {
        return strength(signal) >= config.alarms().largeEffect()
                && signal.adjustedPValue() <= AlarmBudget.perWindow(config, AlarmBudget.INPUTS);
    }

    private double strength(Signal signal) {
        TwoSampleTest test = tests.get(signal.test());
        return test == null ? 0 : signal.effect() / test.moderateEffect();
    }

    private static Signal signal(Profile window, TwoSampleResult r, double adjusted, boolean drifted) {
        return new Signal(
                window.from(),
                window.to(),
                r.feature(),
                r.test(),
                r.statistic(),
                r.effect(),
                r.pValue(),
                adjusted,
                r.threshold(),
                r.n(),
                r.m(),
                r.verdict(),
                drifted,
                r.reason());
    }
}
