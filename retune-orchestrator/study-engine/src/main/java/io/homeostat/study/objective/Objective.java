package io.homeostat.study.objective;

/**
 * A metric a study improves. Example: {@code {metric: auc, goal: maximize}}.
 *
 * @param metric name of the metric, not blank
 * @param goal whether less or more of it is better
 */
public record Objective(String metric, Goal goal) {

    public Objective {
        if (metric.isBlank()) {
            throw new IllegalArgumentException("objective.metric: is blank. Name the metric, such as auc.");
        }
    }

    /** Less of it is better. */
    public static Objective minimize(String metric) {
        return new Objective(metric, Goal.MINIMIZE);
    }

    /** More of it is better. */
    public static Objective maximize(String metric) {
        return new Objective(metric, Goal.MAXIMIZE);
    }
}
