package io.homeostat.study.trial;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import java.util.AbstractList;
import java.util.Collection;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The finished trials of a study in the order in which they ended, each with its place in the unit cube.
 *
 * <p>A history never changes: {@link #plus} gives another one. Both share what they have in common, so that adding costs
 * O(parameters) whatever the length, and {@link #derive} keeps what was found out about the trials before.
 */
public final class History extends AbstractList<FinishedTrial> implements RandomAccess {
    /*
     * All histories that grew out of one another share one log, which only grows: a history is the log's first `size`
     * entries. A second history grown out of the same one (a fork: rare, such as a replayed event) copies the log.
     */
    private final HistoryLog log;
    private final int size;

    private History(HistoryLog log, int size) {
        this.log = log;
        this.size = size;
    }

    /**
     * No trials yet.
     *
     * @param space every configuration lies in it
     * @param goals whether less or more is better, for each objective; at least one
     */
    public static History empty(Space space, List<Goal> goals) {
        return new History(new HistoryLog(space, List.copyOf(goals)), 0);
    }

    /** These trials, in this order. */
    public static History of(Space space, List<Goal> goals, Collection<FinishedTrial> trials) {
        History history = empty(space, goals);
        for (FinishedTrial trial : trials) {
            history = history.plus(trial);
        }
        return history;
    }

    /**
     * This history and one more trial.
     *
     * @throws io.homeostat.study.space.SpaceException if its configuration is not a point of the space
     */
    public History plus(FinishedTrial trial) {
        HistoryLog grown = log.append(size, trial);
        return new History(grown, size + 1);
    }

    /** Where the configurations lie. */
    public Space space() {
        return log.space;
    }

    /** Whether less or more is better, for each objective. */
    public List<Goal> goals() {
        return log.goals;
    }

    @Override
    public FinishedTrial get(int index) {
        return log.trial(check(index));
    }

    @Override
    public int size() {
        return size;
    }

    /**
     * A trial's place in the unit cube: one coordinate.
     *
     * @param index the trial's place in this list
     * @param parameter the parameter's place in the space
     * @return in [0, 1]; NaN if the parameter is not active
     */
    public double unit(int index, int parameter) {
        return log.unit(check(index), parameter);
    }

    /** A trial's place in the unit cube; a copy. */
    public double[] unit(int index) {
        double[] unit = new double[log.dimensions];
        for (int j = 0; j < unit.length; j++) {
            unit[j] = unit(index, j);
        }
        return unit;
    }

    /** Whether a trial with this configuration has ended. */
    public boolean tried(Configuration configuration) {
        return log.firstWith(configuration) < size;
    }

    /** How many different configurations have ended. */
    public int distinct() {
        return size == 0 ? 0 : log.distinctUpTo(size - 1);
    }

    /** How many ended with this outcome. */
    public int count(FinishedTrial.Outcome outcome) {
        return size == 0 ? 0 : log.countUpTo(size - 1, outcome);
    }

    /** The trials with a value from the best to the worst, by the first objective; kept up to date. */
    public Ranking ranking() {
        return derive(Ranking.FIRST_OBJECTIVE);
    }

    /** The complete, feasible trials that no other one beats in all objectives; kept up to date. */
    public ParetoFront front() {
        return derive(ParetoFront.OF_ALL);
    }

    /** What follows from this history, brought up to date from what followed from the trials before. */
    public <T> T derive(Derivation<T> derivation) {
        @Nullable Known<T> known = log.known(derivation);
        if (known != null && known.size() == size) {
            return known.result();
        }
        if (known != null && known.size() < size) {
            T result = derivation.derive(this, known.result(), known.size());
            log.remember(derivation, new Known<>(size, result));
            return result;
        }
        T result = derivation.derive(this, null, 0);
        if (known == null) {
            log.remember(derivation, new Known<>(size, result));
        }
        return result;
    }

    private int check(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("trial " + index + " of " + size);
        }
        return index;
    }

    /** What followed from the first {@code size} trials. */
    record Known<T>(int size, T result) {}
}
