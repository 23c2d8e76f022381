package io.homeostat.drift.statistics.monitor;

import io.homeostat.drift.statistics.monitor.MonitorInput.ChampionChanged;
import io.homeostat.drift.statistics.monitor.MonitorInput.Outcome;
import io.homeostat.drift.statistics.monitor.MonitorInput.ReferenceGiven;
import io.homeostat.drift.statistics.monitor.MonitorInput.RetuneEnded;
import io.homeostat.drift.statistics.monitor.MonitorInput.RolloutActive;
import io.homeostat.drift.statistics.monitor.MonitorInput.ValueOutcome;
import io.homeostat.drift.statistics.monitor.MonitorInput.WindowClosed;
import io.homeostat.drift.statistics.performance.PerformanceWindow;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.Reference;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The monitor of one model: state + input → changed state and what follows. No clock: time is what the inputs say. Only
 * rows of the champion count; its reference is renewed by a change of champion and by nothing else: one given later replaces
 * none, or one that was learned.
 */
public final class Monitor {
    private final MonitorConfig config;
    private final InputWatch inputs;
    private final ErrorWatch errors;
    private final PerformanceWatch performance;
    private final EstimateWatch estimates;
    private final AlarmDesk desk;

    /** A monitor of this configuration; it holds no state and may serve many models that share it. */
    public Monitor(MonitorConfig config) {
        this.config = config;
        this.inputs = new InputWatch(config);
        this.errors = new ErrorWatch(config);
        this.performance = new PerformanceWatch(config);
        this.estimates = new EstimateWatch(config);
        this.desk = new AlarmDesk(config.alarms());
    }

    /** Takes in what happened; the state is changed in place. */
    public MonitorStep on(MonitorState state, MonitorInput input) {
        state.inputStreaks.require(config.tests().persistence());
        state.metricStreaks.require(config.tests().persistence());
        if (input instanceof Outcome outcome) {
            return onOutcome(state, outcome);
        } else if (input instanceof WindowClosed window) {
            return onWindow(state, window);
        } else if (input instanceof ChampionChanged change) {
            return onChampion(state, change);
        } else if (input instanceof ReferenceGiven given) {
            return onReference(state, given);
        } else if (input instanceof RolloutActive rollout) {
            return onRollout(state, rollout);
        }
        return onRetuneEnded(state, (RetuneEnded) input);
    }

    private MonitorStep onOutcome(MonitorState state, Outcome outcome) {
        if ((outcome instanceof ValueOutcome) != (config.task() == Task.REGRESSION)) {
            throw new IllegalArgumentException(
                    "outcome: " + outcome.getClass().getSimpleName() + " does not fit the task " + config.task()
                            + ". Give a ValueOutcome for a regression, a ClassOutcome otherwise.");
        }
        if (!outcome.modelVersion().equals(state.champion)) {
            state.outcomesIgnored++;
            return MonitorStep.NOTHING;
        }
        StepBuilder step = new StepBuilder();
        Instant now = count(state, outcome.time());
        desk.count(state, outcome.eventTime());
        errors.on(state, now, outcome, step);
        if (performance.endsBy(state, now)) {
            closePerformance(state, step);
        }
        performance.add(state, now, outcome);
        if (step.findings.isEmpty() && !desk.isWaiting(state, now)) {
            return step.signals.isEmpty() && step.performance.isEmpty() ? MonitorStep.NOTHING : step.build();
        }
        desk.on(state, now, step);
        return step.build();
    }

    /**
     * Counts an outcome. Partitions are not in step, so time is the latest seen: what is said to be known up to now must
     * include every outcome counted so far.
     */
    private static Instant count(MonitorState state, Instant time) {
        state.outcomesSeen++;
        if (state.firstOutcome == null) {
            state.firstOutcome = time;
        }
        Instant last = state.lastOutcome;
        Instant now = last == null || time.isAfter(last) ? time : last;
        state.lastOutcome = now;
        return now;
    }

    private MonitorStep onWindow(MonitorState state, WindowClosed window) {
        if (!window.modelVersion().equals(state.champion)) {
            return note("window of version " + window.modelVersion() + " not looked at: the champion is "
                    + state.champion().orElse("unknown"));
        }
        state.windowsSeen++;
        StepBuilder step = new StepBuilder();
        Reference reference = state.reference;
        if (reference == null) {
            step.notes.add("inputs not compared: version " + window.modelVersion() + " has no reference");
        } else {
            inputs.on(state, reference, window, step);
        }
        estimates.on(state, window, step);
        if (performance.endsBy(state, window.merged().to())) {
            closePerformance(state, step);
        }
        desk.on(state, window.merged().to(), step);
        return step.build();
    }

    private void closePerformance(MonitorState state, StepBuilder step) {
        PerformanceWindow window = state.performance;
        Instant from = state.performanceFrom;
        if (window != null && from != null) {
            Instant to = from.plus(config.window());
            if (state.eDetector != null) {
                step.signals.add(errors.standing(state.eDetector, from, to, window.n()));
            }
            step.signals.add(errors.standing(state.adwin, from, to, window.n()));
        }
        performance.close(state, step);
        errors.retime(state);
    }

    private MonitorStep onChampion(MonitorState state, ChampionChanged change) {
        if (change.routeRevision() < state.routeRevision) {
            return note("champion " + change.version() + " of revision " + change.routeRevision()
                    + " not looked at: revision " + state.routeRevision + " is known");
        }
        state.routeRevision = change.routeRevision();
        if (change.version().equals(state.champion)) {
            return state.reference == null && change.reference().isPresent()
                    ? onReference(state, new ReferenceGiven(change.version(), change.reference()))
                    : MonitorStep.NOTHING;
        }
        state.champion = change.version();
        state.reference = change.reference().orElse(null);
        errors.restart(state, state.reference, state.alarm == null);
        state.inputStreaks.clear();
        state.shifts.clear();
        state.metricStreaks.clear();
        state.performance = null;
        state.performanceFrom = null;
        state.slices.clear();
        desk.close(state);
        return note("champion is " + change.version()
                + change.reference().map(r -> ", with its reference").orElse(", without a reference"));
    }

    /* What was learned of the errors is kept unless the reference knows better. */
    private MonitorStep onReference(MonitorState state, ReferenceGiven given) {
        if (!given.version().equals(state.champion)) {
            return note("reference of version " + given.version() + " not looked at: the champion is "
                    + state.champion().orElse("unknown"));
        }
        Reference reference = given.reference().orElse(null);
        state.reference = reference;
        state.inputStreaks.clear();
        state.shifts.clear();
        if (reference != null && reference.error().isPresent()) {
            errors.restart(state, reference, true);
        }
        return note("version " + given.version()
                + (reference == null ? " has no reference any more" : " has its reference"));
    }

    private MonitorStep onRollout(MonitorState state, RolloutActive rollout) {
        if (rollout.routeRevision() >= state.routeRevision) {
            state.routeRevision = rollout.routeRevision();
            state.rolloutActive = rollout.active();
        }
        return MonitorStep.NOTHING;
    }

    private MonitorStep onRetuneEnded(MonitorState state, RetuneEnded ended) {
        state.refitSince = ended.scheduled() || ended.candidate() ? ended.time() : Instant.EPOCH;
        if (!ended.scheduled()) {
            state.cooldownUntil = ended.time().plus(config.alarms().cooldown());
        }
        return MonitorStep.NOTHING;
    }

    private static MonitorStep note(String text) {
        return new MonitorStep(List.of(), List.of(), Optional.empty(), Optional.empty(), List.of(text));
    }
}
