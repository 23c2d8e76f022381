package io.homeostat.study.trial;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.space.Configuration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A configuration with all its complete, feasible trials, and what is to be expected of it in the first objective: the
 * mean of its trials, drawn towards the mean of all configurations, the more the noisier trials are and the fewer it has.
 *
 * <p>The noise is estimated from configurations with several trials: σ² is the mean of their variances, weighted by their
 * degrees of freedom; τ² is what the variance between configurations has beyond it. The mean of n trials is kept to a share
 * of τ²/(τ² + σ²/n). Without repetitions σ² is 0, and the mean is the value.
 *
 * <p>Reference: B. Efron, C. Morris, Stein's Paradox in Statistics, Scientific American 236, 1977.
 *
 * @param configuration what was tried
 * @param first the number of its first trial
 * @param trials how many complete, feasible ones it has
 * @param mean their mean
 * @param shrunk what is to be expected of another one
 */
public record Repeated(Configuration configuration, int first, int trials, double mean, double shrunk) {
    private static final double LEAST_SIGNAL = 0.1; // τ² in units of σ²: configurations are never taken for all alike

    /** All configurations with a complete, feasible trial, the best expectation first, of equals the earlier one. */
    public static List<Repeated> bestFirst(History history) {
        Map<Configuration, List<FinishedTrial>> groups = new LinkedHashMap<>();
        history.stream()
                .filter(trial -> trial.complete() && trial.feasible())
                .sorted(Comparator.comparingInt(FinishedTrial::number))
                .forEach(trial -> groups.computeIfAbsent(trial.configuration(), c -> new ArrayList<>())
                        .add(trial));
        double within = 0;
        int freedom = 0;
        double centre = 0;
        double inverse = 0;
        for (List<FinishedTrial> group : groups.values()) {
            double mean = mean(group);
            centre += mean / groups.size();
            inverse += 1.0 / group.size() / groups.size();
            freedom += group.size() - 1;
            within += group.stream()
                    .mapToDouble(t -> (t.value() - mean) * (t.value() - mean))
                    .sum();
        }
        double noise = freedom == 0 ? 0 : within / freedom;
        double spread = 0;
        for (List<FinishedTrial> group : groups.values()) {
            spread += (mean(group) - centre) * (mean(group) - centre) / Math.max(1, groups.size() - 1);
        }
        double between = Math.max(LEAST_SIGNAL * noise, spread - noise * inverse);
        List<Repeated> all = new ArrayList<>();
        for (Map.Entry<Configuration, List<FinishedTrial>> group : groups.entrySet()) {
            int n = group.getValue().size();
            double mean = mean(group.getValue());
            double shrunk = noise == 0 ? mean : centre + between / (between + noise / n) * (mean - centre);
            all.add(new Repeated(group.getKey(), group.getValue().get(0).number(), n, mean, shrunk));
        }
        Goal goal = history.goals().get(0);
        all.sort(Comparator.comparing(Repeated::shrunk, goal.bestFirst()).thenComparingInt(Repeated::first));
        return all;
    }

    private static double mean(List<FinishedTrial> trials) {
        return trials.stream().mapToDouble(FinishedTrial::value).average().orElseThrow();
    }
}
