package io.homeostat.drift.statistics.monitor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The alarm policy: one open alarm per model; none while a rollout is under way or during the cooldown; a re-tune asked
 * for once per alarm, when there are rows to learn from or the wait is over; and a cooldown from then on. An alarm is
 * closed by a new champion, or by the end of its cooldown, which begins at once where there is nothing to re-tune.
 *
 * <p>A refit is asked for when the last one, or the last candidate, is as long ago as the schedule says, also while an
 * alarm waits for rows: until there is enough to search with, it is the cheapest remedy. It is due at once when an alarm's
 * search found nothing better: then it is all there is.
 */
final class AlarmDesk {
    private final AlarmPolicy policy;

    AlarmDesk(AlarmPolicy policy) {
        this.policy = policy;
    }

    void on(MonitorState state, Instant now, StepBuilder step) {
        expire(state, now);
        if (!step.findings.isEmpty()) {
            consider(state, now, step);
        }
        settle(state, now, step);
        refit(state, now, step);
    }

    /** Counts an outcome that an open alarm waits for: one of a prediction made since the change. */
    void count(MonitorState state, Instant eventTime) {
        if (state.alarm != null && !eventTime.isBefore(state.alarm.changeSince())) {
            state.rowsSinceAlarm++;
        }
    }

    /** Whether an outcome that found nothing still has to pass the desk. */
    boolean isWaiting(MonitorState state, Instant now) {
        return isSettling(state) || state.cooldownUntil != null || isRefitDue(state, now);
    }

    private static boolean isSettling(MonitorState state) {
        return state.alarm != null && !state.retuneAsked;
    }

    private boolean isRefitDue(MonitorState state, Instant now) {
        Instant since = state.refitSince == null ? state.firstOutcome : state.refitSince;
        return policy.refitEvery().isPresent()
                && since != null
                && !now.isBefore(since.plus(policy.refitEvery().get()));
    }

    private void refit(MonitorState state, Instant now, StepBuilder step) {
        if (step.retune == null && !state.rolloutActive && isRefitDue(state, now)) {
            state.refitSince = now;
            String reason = "the schedule: " + policy.refitEvery().orElseThrow() + " since the last refit or candidate";
            step.retune = new RetuneAsked(Optional.empty(), now, reason);
        }
    }

    void close(MonitorState state) {
        state.alarm = null;
        state.retuneAsked = false;
    }

    private void expire(MonitorState state, Instant now) {
        Instant until = state.cooldownUntil;
        if (until != null && !now.isBefore(until)) {
            state.cooldownUntil = null;
            if (state.retuneAsked) {
                close(state);
            }
        }
    }

    private void consider(MonitorState state, Instant now, StepBuilder step) {
        String held = heldBecause(state);
        if (!held.isEmpty()) {
            step.notes.add("no alarm, " + held + ": " + step.findings.get(0).summary());
            return;
        }
        Evidence evidence = merged(step.findings, now);
        state.alarm = evidence;
        state.rowsSinceAlarm = 0;
        state.retuneAsked = !policy.asksForRetune();
        if (!policy.asksForRetune()) {
            state.cooldownUntil = now.plus(policy.cooldown());
        }
        step.alarm = new AlarmOpened(evidence);
    }

    private static String heldBecause(MonitorState state) {
        if (state.alarm != null) {
            return "one is open already";
        }
        if (state.rolloutActive) {
            return "a rollout is under way";
        }
        return state.cooldownUntil == null ? "" : "cooling down until " + state.cooldownUntil;
    }

    /* The first finding tells when the change began, the worst what it is; all are in the summary. */
    private static Evidence merged(List<Evidence> findings, Instant now) {
        Evidence first = findings.get(0);
        Evidence worst =
                findings.stream().max(Comparator.comparing(Evidence::kind)).orElse(first);
        List<Signal> signals = new ArrayList<>();
        findings.forEach(finding -> signals.addAll(finding.signals()));
        String summary = findings.stream().map(Evidence::summary).collect(Collectors.joining("; "));
        return new Evidence(
                worst.kind(),
                worst.severity(),
                first.modelVersion(),
                signals,
                first.changeSince(),
                first.rowsSinceChange(),
                now,
                summary);
    }

    private void settle(MonitorState state, Instant now, StepBuilder step) {
        Evidence alarm = state.alarm;
        if (alarm == null || !isSettling(state) || state.rolloutActive) {
            return;
        }
        long rows = alarm.rowsSinceChange() + state.rowsSinceAlarm;
        boolean enough = rows >= policy.settleRows();
        boolean late = !now.isBefore(alarm.detectedAt().plus(policy.settleAtMost()));
        if (enough || late) {
            String reason = enough
                    ? rows + " labelled rows since the change, " + policy.settleRows() + " were waited for"
                    : "waited " + policy.settleAtMost() + " and got " + rows + " labelled rows since the change";
            state.retuneAsked = true;
            state.cooldownUntil = now.plus(policy.cooldown());
            state.refitSince = now;
            step.retune = new RetuneAsked(Optional.of(alarm.withRows(rows)), now, reason);
        }
    }
}
