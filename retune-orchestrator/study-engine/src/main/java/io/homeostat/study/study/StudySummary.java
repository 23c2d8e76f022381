package io.homeostat.study.study;

import io.homeostat.study.objective.Goal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A study at a glance.
 *
 * @param best the best complete trial
 * @param counts trials by state, every state named
 * @param history complete trials by number, with the best feasible value up to each
 * @param cpuMillis processor time of all trials, in milliseconds
 */
public record StudySummary(
        Optional<Trial> best, Map<TrialState, Integer> counts, List<HistoryPoint> history, long cpuMillis) {

    /**
     * A complete trial on the way.
     *
     * @param trialNumber its number
     * @param value its value
     * @param bestSoFar the best value of the complete feasible trials up to it; empty before the first
     */
    public record HistoryPoint(int trialNumber, double value, OptionalDouble bestSoFar) {}

    public StudySummary {
        counts = Map.copyOf(counts);
        history = List.copyOf(history);
    }

    /** The summary of a study. */
    public static StudySummary of(StudyState state) {
        Map<TrialState, Integer> counts = new EnumMap<>(TrialState.class);
        for (TrialState each : TrialState.values()) {
            counts.put(each, 0);
        }
        state.trials().forEach(trial -> counts.merge(trial.state(), 1, Integer::sum));
        return new StudySummary(
                Results.best(state), counts, history(state), state.cost().cpuMillis());
    }

    private static List<HistoryPoint> history(StudyState state) {
        Goal goal = state.spec().objective().goal();
        List<HistoryPoint> history = new ArrayList<>();
        OptionalDouble best = OptionalDouble.empty();
        for (Trial trial : state.trials()) {
            if (trial.state() == TrialState.COMPLETE) {
                double value = trial.value().orElseThrow();
                if (trial.feasible()) {
                    best = OptionalDouble.of(goal.best(best.orElse(value), value));
                }
                history.add(new HistoryPoint(trial.number(), value, best));
            }
        }
        return history;
    }
}
