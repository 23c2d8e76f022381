package io.homeostat.study.study;

import io.homeostat.study.space.Configuration;
import io.homeostat.study.trial.StepValue;
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
 * @param values a value for each objective; of a pruned trial the first one at its last step; empty while open and if
 *     failed
 * @param constraints a value for each constraint, kept if at most 0; empty unless complete
 * @param steps what the current attempt reported, at most {@value #MOST_STEPS}, later ones thinned more
 * @param startedAt when it was asked for
 * @param begunAt when the newest attempt was first heard of; empty while waiting
 * @param seenAt when a worker was last heard of; {@code startedAt} until then
 * @param endedAt when it ended; empty while open
 * @param attempt the newest attempt heard of, from 1; 0 while waiting
 * @param worker who is at it, if that was said
 * @param failure why it failed
 * @param attributes what the worker noted, at most {@value #MOST_ATTRIBUTES} of {@value #LONGEST_TEXT} characters each
 * @param cost what it used
 */
public record Trial(
        int number,
        Configuration configuration,
        TrialState state,
        Origin origin,
        List<Double> values,
        List<Double> constraints,
        List<StepValue> steps,
        Instant startedAt,
        Optional<Instant> begunAt,
        Instant seenAt,
        Optional<Instant> endedAt,
        int attempt,
        Optional<String> worker,
        Optional<String> failure,
        Map<String, String> attributes,
        Cost cost) {
    /** Steps kept per trial. */
    public static final int MOST_STEPS = 100;

    /** Attributes kept per trial. */
    public static final int MOST_ATTRIBUTES = 32;

    /** Characters kept per attribute or failure reason. */
    public static final int LONGEST_TEXT = 500;

    public Trial {
        if (number < 0 || attempt < 0) {
            throw new IllegalArgumentException(
                    "trial: number " + number + ", attempt " + attempt + ": none may be below 0.");
        }
        if ((state == TrialState.COMPLETE || state == TrialState.PRUNED) == values.isEmpty()) {
            throw new IllegalArgumentException("trial " + number + ": is " + state + " with values " + values + ".");
        }
        if (state.open() == endedAt.isPresent()) {
            throw new IllegalArgumentException("trial " + number + ": is " + state + " with end " + endedAt + ".");
        }
        if (steps.size() > MOST_STEPS) {
            throw new IllegalArgumentException(
                    "trial " + number + ": " + steps.size() + " steps are more than " + MOST_STEPS + ".");
        }
        values = List.copyOf(values);
        constraints = List.copyOf(constraints);
        steps = List.copyOf(steps);
        attributes = bounded(attributes);
        failure = failure.map(Trial::cut);
        worker = worker.map(Trial::cut);
    }

    /** The first objective, if there is one: see {@link #values}. */
    public Optional<Double> value() {
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }

    /** Whether all constraints are kept. */
    public boolean feasible() {
        return constraints.stream().allMatch(constraint -> constraint <= 0);
    }

    /** Processor time used, in milliseconds. */
    public long cpuMillis() {
        return cost.cpuMillis();
    }

    /** Steps in order as a trial keeps them: at most {@value #MOST_STEPS}, later ones thinned more. */
    public static List<StepValue> thinned(List<StepValue> steps) {
        return List.copyOf(Steps.thinned(steps));
    }

    static Trial waiting(int number, Configuration configuration, Origin origin, Instant now) {
        return new Trial(
                number,
                configuration,
                TrialState.WAITING,
                origin,
                List.of(),
                List.of(),
                List.of(),
                now,
                Optional.empty(),
                now,
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Cost.NONE);
    }

    /** A worker is at it: a new attempt forgets the steps of the one before. */
    Trial seen(int byAttempt, Optional<String> by, Instant now) {
        boolean again = byAttempt > attempt;
        Draft draft = new Draft(this);
        draft.state = TrialState.RUNNING;
        draft.steps = again ? List.of() : steps;
        draft.begunAt = again ? Optional.of(now) : begunAt;
        draft.seenAt = now;
        draft.attempt = byAttempt;
        draft.worker = by.isPresent() || again ? by : worker;
        draft.cost = Cost.NONE;
        return draft.trial();
    }

    Trial reported(List<StepValue> newSteps) {
        Draft draft = new Draft(this);
        draft.steps = newSteps;
        return draft.trial();
    }

    Trial complete(List<Double> results, List<Double> limits, Cost used, Instant now) {
        Draft draft = ended(TrialState.COMPLETE, used, now);
        draft.seenAt = now;
        draft.values = results;
        draft.constraints = limits;
        return draft.trial();
    }

    Trial pruned(double result, Instant now) {
        Draft draft = ended(TrialState.PRUNED, cost, now);
        draft.seenAt = now;
        draft.values = List.of(result);
        return draft.trial();
    }

    Trial failed(String reason, Cost used, Instant now) {
        Draft draft = ended(TrialState.FAILED, used, now);
        draft.failure = Optional.of(reason);
        return draft.trial();
    }

    private Draft ended(TrialState as, Cost used, Instant now) {
        Draft draft = new Draft(this);
        draft.state = as;
        draft.endedAt = Optional.of(now);
        draft.cost = used;
        return draft;
    }

    Trial costing(Cost used) {
        Draft draft = new Draft(this);
        draft.cost = used;
        return draft.trial();
    }

    /** With more attributes; one of the same name is replaced. */
    Trial noting(Map<String, String> notes) {
        if (notes.isEmpty()) {
            return this;
        }
        Draft draft = new Draft(this);
        draft.attributes = new TreeMap<>(attributes);
        draft.attributes.putAll(notes);
        return draft.trial();
    }

    static Map<String, String> bounded(Map<String, String> attributes) {
        if (attributes.isEmpty()) {
            return Map.of();
        }
        Map<String, String> kept = new TreeMap<>();
        new TreeMap<>(attributes)
                .entrySet().stream()
                        .limit(MOST_ATTRIBUTES)
                        .forEach(entry -> kept.put(cut(entry.getKey()), cut(entry.getValue())));
        return Collections.unmodifiableMap(kept);
    }

    static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 3) + "...";
    }

    /** A copy in the making. */
    private static final class Draft {
        private final Trial from;
        private TrialState state;
        private List<Double> values;
        private List<Double> constraints;
        private List<StepValue> steps;
        private Optional<Instant> begunAt;
        private Instant seenAt;
        private Optional<Instant> endedAt;
        private int attempt;
        private Optional<String> worker;
        private Optional<String> failure;
        private Map<String, String> attributes;
        private Cost cost;

        Draft(Trial from) {
            this.from = from;
            state = from.state;
            values = from.values;
            constraints = from.constraints;
            steps = from.steps;
            begunAt = from.begunAt;
            seenAt = from.seenAt;
            endedAt = from.endedAt;
            attempt = from.attempt;
            worker = from.worker;
            failure = from.failure;
            attributes = from.attributes;
            cost = from.cost;
        }

        Trial trial() {
            return new Trial(
                    from.number,
                    from.configuration,
                    state,
                    from.origin,
                    values,
                    constraints,
                    steps,
                    from.startedAt,
                    begunAt,
                    seenAt,
                    endedAt,
                    attempt,
                    worker,
                    failure,
                    attributes,
                    cost);
        }
    }
}
