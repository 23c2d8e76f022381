package io.homeostat.study.study;

import io.homeostat.study.trial.History;
import io.homeostat.study.trial.RunningTrial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything there is of a study at a moment. It never changes; {@link Study} gives the next one for each event, which
 * shares with it what stays. {@link StudyRecord} writes it as plain data and reads it back.
 */
public final class StudyState {
    private static final int MOST_ENQUEUED = 100_000;

    private final StudySpec spec;
    private final PersistentVector<Trial> trials;
    private final List<Enqueued> enqueued;
    private final Instant startedAt;
    private final @Nullable Ended ended;
    private final @Nullable String exhausted;
    private final int resumedAfter;
    // what follows from the trials, kept up to date
    private final List<Integer> open;
    private final History history;
    private final Cost cost;

    private record Ended(Instant at, String reason) {}

    private StudyState(
            StudySpec spec,
            PersistentVector<Trial> trials,
            List<Enqueued> enqueued,
            Instant startedAt,
            @Nullable Ended ended,
            @Nullable String exhausted,
            int resumedAfter,
            List<Integer> open,
            History history,
            Cost cost) {
        this.spec = spec;
        this.trials = trials;
        this.enqueued = enqueued;
        this.startedAt = startedAt;
        this.ended = ended;
        this.exhausted = exhausted;
        this.resumedAfter = resumedAfter;
        this.open = open;
        this.history = history;
        this.cost = cost;
    }

    static StudyState empty(StudySpec spec, List<Enqueued> enqueued, Instant now) {
        return new StudyState(
                spec,
                PersistentVector.empty(),
                bounded(enqueued),
                now,
                null,
                null,
                0,
                List.of(),
                History.empty(spec.space(), spec.goals()),
                Cost.NONE);
    }

    /**
     * A study put together from its trials.
     *
     * @param trials the trial with number i stands at place i
     * @param endings the numbers of the trials that have ended, in the order in which they did; empty if that is not
     *     known: then by their time, then by number
     * @throws IllegalArgumentException if the numbers do not fit, or the values of a trial do not fit the spec
     * @throws io.homeostat.study.space.SpaceException if a configuration is not a point of the space
     */
    public static StudyState of(
            StudySpec spec,
            Collection<Trial> trials,
            List<Integer> endings,
            List<Enqueued> enqueued,
            Instant startedAt) {
        StudyState state = empty(spec, enqueued, startedAt);
        PersistentVector<Trial> vector = PersistentVector.of(trials);
        Cost cost = Cost.NONE;
        for (int i = 0; i < vector.size(); i++) {
            if (vector.get(i).number() != i) {
                throw new IllegalArgumentException(
                        "study.trials[" + i + "]: has number " + vector.get(i).number() + ".");
            }
            check(spec, vector.get(i));
            cost = cost.plus(vector.get(i).cost());
        }
        History history = state.history;
        for (int number : Endings.of(vector, endings)) {
            history = history.plus(SeenTrials.finished(vector.get(number)));
        }
        List<Integer> open = vector.stream()
                .filter(trial -> trial.state().open())
                .map(Trial::number)
                .toList();
        return new StudyState(spec, vector, state.enqueued, startedAt, null, null, 0, open, history, cost);
    }

    private static void check(StudySpec spec, Trial trial) {
        Optional<String> problem = switch (trial.state()) {
            case COMPLETE -> TrialEnd.problem(spec, trial.values(), trial.constraints());
            case PRUNED ->
                trial.values().stream()
                        .filter(value -> !Double.isFinite(value))
                        .findFirst()
                        .map(value -> "value " + value + " is not a finite number");
            case FAILED, WAITING, RUNNING -> Optional.empty();
        };
        if (problem.isPresent()) {
            throw new IllegalArgumentException("study.trials[" + trial.number() + "]: " + problem.get() + ".");
        }
    }

    private static List<Enqueued> bounded(List<Enqueued> enqueued) {
        if (enqueued.size() > MOST_ENQUEUED) {
            throw new IllegalArgumentException(
                    "study.enqueued: " + enqueued.size() + " are more than " + MOST_ENQUEUED + ".");
        }
        return List.copyOf(enqueued);
    }

    /** What it is to do. */
    public StudySpec spec() {
        return spec;
    }

    /** All trials; the trial with number i stands at place i. */
    public List<Trial> trials() {
        return trials;
    }

    /** Configurations to try first, in order. */
    public List<Enqueued> enqueued() {
        return enqueued;
    }

    /** When it was started. */
    public Instant startedAt() {
        return startedAt;
    }

    /** When it was ended; empty while it goes on. */
    public Optional<Instant> endedAt() {
        return Optional.ofNullable(ended).map(Ended::at);
    }

    /** Why it was ended. */
    public Optional<String> endReason() {
        return Optional.ofNullable(ended).map(Ended::reason);
    }

    /** Why no further trial is worth while; empty as long as some may be. */
    public Optional<String> exhausted() {
        return Optional.ofNullable(exhausted);
    }

    /** How many trials had ended when it was last gone on with: it is not given up for these; 0 if it never was. */
    public int resumedAfter() {
        return resumedAfter;
    }

    /** Whether it was ended. */
    public boolean ended() {
        return ended != null;
    }

    /** The trial with this number. */
    public Optional<Trial> trial(int number) {
        return number >= 0 && number < trials.size() ? Optional.of(trials.get(number)) : Optional.empty();
    }

    /** Trials that have yet to end, by number. */
    public List<Trial> open() {
        return open.stream().map(trials::get).toList();
    }

    /** Trials that have ended, in the order in which they did, as samplers, pruners and analyses see them. */
    public History history() {
        return history;
    }

    /** Trials that have yet to end, by number, as samplers and pruners see them. */
    public List<RunningTrial> running() {
        return open.stream().map(trials::get).map(SeenTrials::running).toList();
    }

    /** What all trials used so far. */
    public Cost cost() {
        return cost;
    }

    int openCount() {
        return open.size();
    }

    /** This state with a trial added, or in place of the one with its number. */
    StudyState with(Trial trial) {
        Optional<Trial> before = trial(trial.number());
        boolean wasOpen = before.map(Trial::state).map(TrialState::open).orElse(true);
        boolean ends = wasOpen && !trial.state().open();
        Cost used = cost.plus(trial.cost()).minus(before.map(Trial::cost).orElse(Cost.NONE));
        return new StudyState(
                spec,
                trials.with(trial.number(), trial),
                enqueued,
                startedAt,
                ended,
                exhausted,
                resumedAfter,
                openWith(trial),
                ends ? history.plus(SeenTrials.finished(trial)) : history,
                used);
    }

    private List<Integer> openWith(Trial trial) {
        boolean is = trial.state().open();
        boolean was = open.contains(trial.number());
        if (is == was) {
            return open;
        }
        List<Integer> changed = new ArrayList<>(open);
        if (is) {
            changed.add(trial.number());
        } else {
            changed.remove((Integer) trial.number());
        }
        return List.copyOf(changed);
    }

    StudyState withEnqueued(List<Enqueued> changed) {
        return new StudyState(
                spec, trials, bounded(changed), startedAt, ended, exhausted, resumedAfter, open, history, cost);
    }

    StudyState exhaustedBy(String reason) {
        return new StudyState(spec, trials, enqueued, startedAt, ended, reason, resumedAfter, open, history, cost);
    }

    StudyState endedWith(String reason, Instant now) {
        return new StudyState(
                spec,
                trials,
                List.of(),
                startedAt,
                new Ended(now, reason),
                exhausted,
                resumedAfter,
                open,
                history,
                cost);
    }

    StudyState goingOn(Budget budget) {
        return new StudyState(
                spec.withBudget(budget), trials, enqueued, startedAt, null, null, history.size(), open, history, cost);
    }

    StudyState resumingAfter(int endedTrials) {
        return new StudyState(spec, trials, enqueued, startedAt, ended, exhausted, endedTrials, open, history, cost);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StudyState state
                && spec.equals(state.spec)
                && trials.equals(state.trials)
                && enqueued.equals(state.enqueued)
                && startedAt.equals(state.startedAt)
                && Objects.equals(ended, state.ended)
                && Objects.equals(exhausted, state.exhausted)
                && resumedAfter == state.resumedAfter
                && history.equals(state.history);
    }

    @Override
    public int hashCode() {
        return Objects.hash(spec, trials.size(), startedAt, ended);
    }

    @Override
    public String toString() {
        return "study " + spec.name() + " with " + trials.size() + " trials, " + open.size() + " open";
    }
}
