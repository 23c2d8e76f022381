package io.homeostat.study.study;

import io.homeostat.study.pruner.StepValue;
import io.homeostat.study.space.Configuration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One try of one configuration.
 *
 * @param number from 0 within the study
 * @param configuration what is tried
 * @param state where it is in its life
 * @param origin where the configuration came from
 * @param value the objective; of a pruned trial at its last step; empty while open and if failed
 * @param steps what the current attempt reported, at most {@value #MOST_STEPS}, thinned evenly beyond
 * @param startedAt when it was asked for
 * @param seenAt when a worker was last heard of; {@code startedAt} until then
 * @param endedAt when it ended; empty while open
 * @param attempt the newest attempt heard of, from 1; 0 while waiting
 * @param failure why it failed
 * @param attributes what the worker noted, at most {@value #MOST_ATTRIBUTES} of {@value #LONGEST_TEXT} characters each
 * @param cpuMillis processor time used, in milliseconds
 */
public record Trial(
        int number,
        Configuration configuration,
        TrialState state,
        Origin origin,
        Optional<Double> value,
        List<StepValue> steps,
        Instant startedAt,
        Instant seenAt,
        Optional<Instant> endedAt,
        int attempt,
        Optional<String> failure,
        Map<String, String> attributes,
        long cpuMillis) {
    /** Steps kept per trial. */
    public static final int MOST_STEPS = 100;

    /** Attributes kept per trial. */
    public static final int MOST_ATTRIBUTES = 32;

    /** Characters kept per attribute or failure reason. */
    public static final int LONGEST_TEXT = 500;

    public Trial {
        if (number < 0 || attempt < 0 || cpuMillis < 0) {
            throw new IllegalArgumentException("trial: number " + number + ", attempt " + attempt + ", cpuMillis "
                    + cpuMillis + ": none may be below 0.");
        }
        if ((state == TrialState.COMPLETE || state == TrialState.PRUNED) != value.isPresent()) {
            throw new IllegalArgumentException("trial " + number + ": is " + state + " with value " + value + ".");
        }
        if (state.open() == endedAt.isPresent()) {
            throw new IllegalArgumentException("trial " + number + ": is " + state + " with end " + endedAt + ".");
        }
        steps = List.copyOf(steps);
        attributes = bounded(attributes);
        failure = failure.map(Trial::cut);
    }

    static Trial waiting(int number, Configuration configuration, Origin origin, Instant now) {
        return new Trial(
                number,
                configuration,
                TrialState.WAITING,
                origin,
                Optional.empty(),
                List.of(),
                now,
                now,
                Optional.empty(),
                0,
                Optional.empty(),
                Map.of(),
                0);
    }

    /** A worker is at it: a new attempt forgets the steps of the one before. */
    Trial seen(int byAttempt, Instant now) {
        List<StepValue> kept = byAttempt > attempt ? List.of() : steps;
        return with(TrialState.RUNNING, Optional.empty(), kept, now, Optional.empty(), byAttempt, failure, 0);
    }

    Trial reported(List<StepValue> newSteps) {
        return with(state, value, newSteps, seenAt, endedAt, attempt, failure, cpuMillis);
    }

    Trial complete(double result, long cpu, Instant now) {
        return with(TrialState.COMPLETE, Optional.of(result), steps, now, Optional.of(now), attempt, failure, cpu);
    }

    Trial pruned(double result, Instant now) {
        return with(TrialState.PRUNED, Optional.of(result), steps, now, Optional.of(now), attempt, failure, cpuMillis);
    }

    Trial failed(String reason, long cpu, Instant now) {
        Optional<Instant> end = Optional.of(now);
        return with(TrialState.FAILED, Optional.empty(), steps, seenAt, end, attempt, Optional.of(reason), cpu);
    }

    Trial costing(long cpu) {
        return with(state, value, steps, seenAt, endedAt, attempt, failure, cpu);
    }

    Trial noting(Map<String, String> notes) {
        return new Trial(
                number,
                configuration,
                state,
                origin,
                value,
                steps,
                startedAt,
                seenAt,
                endedAt,
                attempt,
                failure,
                notes,
                cpuMillis);
    }

    private Trial with(
            TrialState newState,
            Optional<Double> newValue,
            List<StepValue> newSteps,
            Instant newSeenAt,
            Optional<Instant> newEndedAt,
            int newAttempt,
            Optional<String> newFailure,
            long newCpuMillis) {
        return new Trial(
                number,
                configuration,
                newState,
                origin,
                newValue,
                newSteps,
                startedAt,
                newSeenAt,
                newEndedAt,
                newAttempt,
                newFailure,
                attributes,
                newCpuMillis);
    }

    private static Map<String, String> bounded(Map<String, String> attributes) {
        Map<String, String> kept = new TreeMap<>();
        new TreeMap<>(attributes)
                .entrySet().stream()
                        .limit(MOST_ATTRIBUTES)
                        .forEach(entry -> kept.put(cut(entry.getKey()), cut(entry.getValue())));
        return Collections.unmodifiableMap(kept);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 3) + "...";
    }
}
