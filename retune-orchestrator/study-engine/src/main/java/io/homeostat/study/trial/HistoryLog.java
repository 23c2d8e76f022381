package io.homeostat.study.trial;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import io.homeostat.study.trial.FinishedTrial.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Trials that are only ever added to; the histories that share it see a beginning of it each. Safe for many threads. */
final class HistoryLog {
    private static final int CHUNK = 64;
    private static final int COUNTERS = 4;

    final Space space;
    final List<Goal> goals;
    final int dimensions;
    // chunks stay where they are once made, so whoever sees a size sees all entries below it
    private final List<Chunk> chunks;
    private volatile Chunk[] published = {};
    private final Map<Configuration, Integer> first = new ConcurrentHashMap<>();
    private final Map<Derivation<?>, History.Known<?>> known = new ConcurrentHashMap<>();
    private int size;

    HistoryLog(Space space, List<Goal> goals) {
        if (goals.isEmpty()) {
            throw new IllegalArgumentException("goals: is empty. Name at least one objective.");
        }
        this.space = space;
        this.goals = goals;
        dimensions = space.parameters().size();
        chunks = new ArrayList<>();
    }

    private record Chunk(FinishedTrial[] trials, double[] units, int[] counters) {}

    /**
     * The log in which the trial follows on the first {@code after}: this one, or a copy if something else follows. The same
     * trial once more is an event that was heard again, or replayed.
     */
    HistoryLog append(int after, FinishedTrial trial) {
        double[] unit = space.toUnit(trial.configuration());
        synchronized (this) {
            if (after == size) {
                add(trial, unit);
                return this;
            }
            if (trial(after).equals(trial)) {
                return this;
            }
        }
        return beginning(after).append(after, trial);
    }

    private HistoryLog beginning(int length) {
        HistoryLog copy = new HistoryLog(space, goals);
        for (int i = 0; i < length; i++) {
            double[] unit = new double[dimensions];
            for (int j = 0; j < dimensions; j++) {
                unit[j] = unit(i, j);
            }
            copy.add(trial(i), unit);
        }
        return copy;
    }

    private void add(FinishedTrial trial, double[] unit) {
        int at = size % CHUNK;
        if (at == 0) {
            chunks.add(new Chunk(new FinishedTrial[CHUNK], new double[CHUNK * dimensions], new int[CHUNK * COUNTERS]));
            published = chunks.toArray(new Chunk[0]);
        }
        Chunk chunk = chunks.get(chunks.size() - 1);
        chunk.trials()[at] = trial;
        System.arraycopy(unit, 0, chunk.units(), at * dimensions, dimensions);
        boolean isNew = first.putIfAbsent(trial.configuration(), size) == null;
        for (int c = 0; c < COUNTERS; c++) {
            boolean counts = c == COUNTERS - 1 ? isNew : trial.outcome().ordinal() == c;
            chunk.counters()[at * COUNTERS + c] = (size == 0 ? 0 : counter(size - 1, c)) + (counts ? 1 : 0);
        }
        size++;
    }

    FinishedTrial trial(int index) {
        return published[index / CHUNK].trials()[index % CHUNK];
    }

    double unit(int index, int parameter) {
        return published[index / CHUNK].units()[index % CHUNK * dimensions + parameter];
    }

    int distinctUpTo(int index) {
        return counter(index, COUNTERS - 1);
    }

    int countUpTo(int index, Outcome outcome) {
        return counter(index, outcome.ordinal());
    }

    private int counter(int index, int which) {
        return published[index / CHUNK].counters()[index % CHUNK * COUNTERS + which];
    }

    /** The place of the first trial with this configuration; beyond every size if there is none. */
    int firstWith(Configuration configuration) {
        return first.getOrDefault(configuration, Integer.MAX_VALUE);
    }

    @SuppressWarnings("unchecked") // remember() pairs a derivation with its own result
    <T> History.@Nullable Known<T> known(Derivation<T> derivation) {
        return (History.Known<T>) known.get(derivation);
    }

    <T> void remember(Derivation<T> derivation, History.Known<T> result) {
        known.merge(derivation, result, (a, b) -> a.size() >= b.size() ? a : b);
    }
}
