package io.homeostat.study.insight;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.study.Cost;
import io.homeostat.study.study.StudyState;
import io.homeostat.study.study.Trial;
import io.homeostat.study.study.TrialState;
import io.homeostat.study.trial.FinishedTrial;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What a worker contributed to a study.
 *
 * @param worker its name; {@value #UNNAMED} for trials without one
 * @param trials its trials by state; states without trials are left out
 * @param improvements how many of its trials were the best so far, by the first objective, when they ended
 * @param best the best value of its complete feasible trials
 * @param cost what its trials used
 */
public record Contribution(
        String worker, Map<TrialState, Integer> trials, int improvements, OptionalDouble best, Cost cost) {
    /** Stands for workers that did not say their name. */
    public static final String UNNAMED = "unnamed";

    public Contribution {
        trials = Map.copyOf(trials);
    }

    /** All workers', by name. */
    public static List<Contribution> of(StudyState state) {
        Map<String, List<Trial>> byWorker = new TreeMap<>();
        for (Trial trial : state.trials()) {
            byWorker.computeIfAbsent(trial.worker().orElse(UNNAMED), name -> new ArrayList<>())
                    .add(trial);
        }
        List<Integer> improvements = improvements(state);
        return byWorker.entrySet().stream()
                .map(entry -> of(
                        entry.getKey(),
                        entry.getValue(),
                        improvements,
                        state.spec().objective().goal()))
                .toList();
    }

    private static Contribution of(String worker, List<Trial> trials, List<Integer> improvements, Goal goal) {
        Map<TrialState, Integer> counts = new EnumMap<>(TrialState.class);
        long cpu = 0;
        long gpu = 0;
        for (Trial trial : trials) {
            counts.merge(trial.state(), 1, Integer::sum);
            cpu += trial.cost().cpuMillis();
            gpu += trial.cost().gpuMillis();
        }
        OptionalDouble best = trials.stream()
                .filter(trial -> trial.state() == TrialState.COMPLETE && trial.feasible())
                .mapToDouble(trial -> trial.values().get(0))
                .reduce(goal::best);
        int better = (int) trials.stream()
                .filter(trial -> improvements.contains(trial.number()))
                .count();
        return new Contribution(worker, counts, better, best, new Cost(cpu, gpu));
    }

    private static List<Integer> improvements(StudyState state) {
        List<Integer> numbers = new ArrayList<>();
        double best = Double.NaN;
        for (FinishedTrial trial : state.history()) {
            if (trial.complete()
                    && trial.feasible()
                    && (Double.isNaN(best) || state.spec().objective().goal().better(trial.value(), best))) {
                best = trial.value();
                numbers.add(trial.number());
            }
        }
        return numbers;
    }
}
