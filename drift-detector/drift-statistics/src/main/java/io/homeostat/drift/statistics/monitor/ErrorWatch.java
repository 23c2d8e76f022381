package io.homeostat.drift.statistics.monitor;

import io.homeostat.drift.statistics.monitor.MonitorInput.ClassOutcome;
import io.homeostat.drift.statistics.monitor.MonitorInput.Outcome;
import io.homeostat.drift.statistics.monitor.MonitorInput.ValueOutcome;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.Reference;
import io.homeostat.drift.statistics.profile.ReferenceError;
import io.homeostat.drift.statistics.sequential.Adwin;
import io.homeostat.drift.statistics.sequential.Change;
import io.homeostat.drift.statistics.sequential.ClasswiseEDetector;
import io.homeostat.drift.statistics.sequential.Detection;
import io.homeostat.drift.statistics.sequential.ErrorStreamDetector;
import io.homeostat.drift.statistics.twosample.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Follows the champion's errors one by one with the e-detector, and with ADWIN as a second opinion. */
final class ErrorWatch {
    private static final int LEARNED_OUTCOMES = 500;
    private static final double MOST_USUAL = 5_000;
    private static final double DEFAULT_THRESHOLD = 1e5;
    private static final double LEAST_THRESHOLD = 1e3;
    private static final double MOST_THRESHOLD = 1e12;
    private static final double ADWIN_PER_LOSS = 5e-7; // false alarms at the default δ, measured
    private static final double SECONDS_PER_YEAR = 365.25 * 86_400;

    private final MonitorConfig config;

    ErrorWatch(MonitorConfig config) {
        this.config = config;
    }

    /**
     * A champion begins.
     *
     * @param steady whether nothing was amiss with its predecessor: then it is expected to err about as often, and a
     *     hold-out of a hundred rows is not all that is known
     */
    void restart(MonitorState state, @Nullable Reference reference, boolean steady) {
        remember(state, steady);
        state.eDetector = null;
        state.adwin = new Adwin(adwinDelta(state));
        state.clock = new EventClock();
        state.learnedLoss = 0;
        state.scale = config.task() == Task.REGRESSION ? 0 : 1; // 0: not known yet
        if (reference != null) {
            reference.error().ifPresent(error -> {
                state.scale = error.scale();
                state.eDetector = ClasswiseEDetector.against(expected(state, error), threshold(state));
            });
        }
    }

    private static void remember(MonitorState state, boolean steady) {
        state.usualLoss = steady ? state.usualLoss + state.shownLoss : 0;
        state.usualLabels = steady ? state.usualLabels + state.clock.seen() : 0;
        double forgotten = Math.max(1, state.usualLabels / MOST_USUAL);
        state.usualLoss /= forgotten;
        state.usualLabels /= forgotten;
        state.shownLoss = 0;
    }

    /* Losses of a regression are in units of each version's own scale, so they do not add up. */
    private ReferenceError expected(MonitorState state, ReferenceError error) {
        if (config.task() == Task.REGRESSION) {
            return error;
        }
        double labels = error.labels() + state.usualLabels;
        double rate = (error.rate() * error.labels() + state.usualLoss) / labels;
        return new ReferenceError(Math.min(1, rate), error.scale(), Math.round(labels));
    }

    /**
     * Counts an outcome.
     *
     * @param now the latest time seen; this outcome may have been known before
     */
    void on(MonitorState state, Instant now, Outcome outcome, StepBuilder step) {
        state.clock.tick(outcome.eventTime(), outcome.time());
        if (state.scale == 0 && outcome instanceof ValueOutcome value) {
            learnScale(state, Math.abs(value.predicted() - value.actual()));
            return;
        }
        double loss = loss(state, outcome);
        state.shownLoss += loss;
        ClasswiseEDetector eDetector = state.eDetector;
        if (eDetector == null) {
            learn(state, loss);
        } else if (update(eDetector, outcome, loss) == Detection.DRIFT) {
            report(state, eDetector, eDetector.changedClass(), now, step);
        }
        if (state.adwin.update(loss) == Detection.DRIFT) {
            report(state, state.adwin, Optional.empty(), now, step);
        }
    }

    private static Detection update(ClasswiseEDetector detector, Outcome outcome, double loss) {
        return outcome instanceof ClassOutcome c ? detector.update(c.actual(), loss) : detector.update(loss);
    }

    /** Sets the threshold by the speed of the stream: losses in a year over false alarms in a year. */
    void retime(MonitorState state) {
        if (state.eDetector != null) {
            state.eDetector.threshold(threshold(state));
        }
        state.adwin.delta(adwinDelta(state));
    }

    private double threshold(MonitorState state) {
        double expected =
                lossesPerYear(state) / (AlarmBudget.E_DETECTOR * config.alarms().falseAlarmsPerYear());
        return Math.max(LEAST_THRESHOLD, Math.min(MOST_THRESHOLD, expected));
    }

    private double lossesPerYear(MonitorState state) {
        return config.alarms().outcomesPerYear().orElseGet(() -> measured(state));
    }

    private double adwinDelta(MonitorState state) {
        double allowed = AlarmBudget.ADWIN * config.alarms().falseAlarmsPerYear() / lossesPerYear(state);
        return Adwin.DEFAULT_DELTA * Math.min(1, allowed / ADWIN_PER_LOSS);
    }

    private double measured(MonitorState state) {
        Instant first = state.firstOutcome;
        Instant last = state.lastOutcome;
        if (first == null || last == null || state.outcomesSeen < 100 || !last.isAfter(first)) {
            return DEFAULT_THRESHOLD * AlarmBudget.E_DETECTOR * config.alarms().falseAlarmsPerYear();
        }
        return state.outcomesSeen
                * SECONDS_PER_YEAR
                / (Duration.between(first, last).toMillis() / 1000.0);
    }

    /* Of a regression without a reference the first 500 errors give the scale: twice their mean. */
    private static void learnScale(MonitorState state, double error) {
        state.learnedLoss += error;
        if (state.clock.seen() == LEARNED_OUTCOMES) {
            double mean = state.learnedLoss / LEARNED_OUTCOMES;
            state.scale = mean > 0 ? 2 * mean : 1;
            state.learnedLoss = 0;
        }
    }

    private void learn(MonitorState state, double loss) {
        state.learnedLoss += loss;
        if (state.clock.seen() == (config.task() == Task.REGRESSION ? 2 : 1) * LEARNED_OUTCOMES) {
            double rate = Math.min(1, state.learnedLoss / LEARNED_OUTCOMES);
            state.eDetector = ClasswiseEDetector.against(
                    new ReferenceError(rate, state.scale, LEARNED_OUTCOMES), threshold(state));
        }
    }

    private static double loss(MonitorState state, Outcome outcome) {
        if (outcome instanceof ValueOutcome value) {
            return Math.min(1, Math.abs(value.predicted() - value.actual()) / state.scale);
        }
        ClassOutcome c = (ClassOutcome) outcome;
        return c.predicted().equals(c.actual()) ? 0 : 1;
    }

    private void report(
            MonitorState state, ErrorStreamDetector detector, Optional<String> ofClass, Instant now, StepBuilder step) {
        Change change = detector.lastChange().orElseThrow();
        // a detector that began later than the clock counts from its own start
        long index = change.index() + state.clock.seen() - detector.seen();
        Instant since = state.clock.timeAt(Math.max(1, index));
        long rows = Math.min(Math.max(0, state.clock.seen() - index + 1), state.clock.seenSince(since));
        String summary = summary(change, detector, ofClass);
        Signal signal = new Signal(
                since,
                now,
                Signal.ERROR,
                detector.name(),
                change.statistic(),
                Math.abs(change.after() - change.before()),
                1,
                1,
                detector.threshold(),
                change.index() - 1,
                rows,
                Verdict.DIFFERENT,
                true,
                summary);
        step.signals.add(signal);
        if (change.isIncrease()) {
            String version = state.champion == null ? "" : state.champion;
            step.findings.add(new Evidence(
                    AlarmKind.CONCEPT_DRIFT, Severity.MAJOR, version, List.of(signal), since, rows, now, summary));
        }
    }

    /** A detector's standing at the end of a window, for the record. */
    Signal standing(ErrorStreamDetector detector, Instant from, Instant to, long labels) {
        String reason = String.format(
                Locale.ROOT, "%s %.3g, threshold %.3g", detector.name(), detector.statistic(), detector.threshold());
        return new Signal(
                from,
                to,
                Signal.ERROR,
                detector.name(),
                detector.statistic(),
                0,
                1,
                1,
                detector.threshold(),
                detector.seen(),
                labels,
                Verdict.SAME,
                false,
                reason);
    }

    private String summary(Change change, ErrorStreamDetector detector, Optional<String> ofClass) {
        String what = config.task() == Task.REGRESSION
                ? "mean scaled error"
                : ofClass.map(name -> "error rate where '" + name + "' is right")
                        .orElse("error rate");
        String verb = change.isIncrease() ? "rose" : "fell";
        return String.format(
                Locale.ROOT,
                "%s %s from %.1f %% to %.1f %% (%s %.2g >= %.2g)",
                what,
                verb,
                change.before() * 100,
                change.after() * 100,
                detector.name(),
                change.statistic(),
                detector.threshold());
    }
}
