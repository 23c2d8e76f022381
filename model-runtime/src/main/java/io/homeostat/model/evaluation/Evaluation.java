package io.homeostat.model.evaluation;

import io.homeostat.backbone.spec.Metrics;
import java.util.Comparator;
import java.util.List;

/**
 * Metrics of outcomes. Loss of a row, for a paired comparison: 1 for a miss (accuracy); −ln of the true class's
 * probability (log-loss, and AUC, which has no loss of its own); the squared (RMSE) or absolute (MAE) error.
 */
public final class Evaluation {
    private static final double LEAST_PROBABILITY = 1e-15;

    private Evaluation() {}

    /**
     * The metric over all outcomes.
     *
     * @param outcomes at least one; for AUC of both classes, as it compares one with the other
     */
    public static double value(String metric, List<Outcome> outcomes) {
        if (outcomes.isEmpty()) {
            throw new IllegalArgumentException("outcomes: are empty; a metric needs at least one");
        }
        return switch (metric) {
            case Metrics.ACCURACY -> 1 - meanLoss(metric, outcomes);
            case Metrics.LOG_LOSS, Metrics.MAE -> meanLoss(metric, outcomes);
            case Metrics.RMSE -> Math.sqrt(meanLoss(metric, outcomes));
            case Metrics.AUC -> auc(outcomes);
            default -> throw unknown(metric);
        };
    }

    /** Each outcome's loss; less is better, whatever the metric. */
    public static double[] losses(String metric, List<Outcome> outcomes) {
        return outcomes.stream().mapToDouble(o -> loss(metric, o)).toArray();
    }

    private static double meanLoss(String metric, List<Outcome> outcomes) {
        double sum = 0;
        for (Outcome outcome : outcomes) {
            sum += loss(metric, outcome);
        }
        return sum / outcomes.size();
    }

    private static double loss(String metric, Outcome o) {
        return switch (metric) {
            case Metrics.ACCURACY -> o.hit() ? 0 : 1;
            case Metrics.LOG_LOSS, Metrics.AUC -> -Math.log(Math.max(LEAST_PROBABILITY, o.truthProbability()));
            case Metrics.MAE -> Math.abs(o.score() - o.truth());
            case Metrics.RMSE -> (o.score() - o.truth()) * (o.score() - o.truth());
            default -> throw unknown(metric);
        };
    }

    // Mann–Whitney: the share of (positive, negative) pairs in the right order, ties counted half
    private static double auc(List<Outcome> outcomes) {
        List<Outcome> sorted = outcomes.stream()
                .sorted(Comparator.comparingDouble(Outcome::score))
                .toList();
        double positives = 0;
        double negatives = 0;
        double pairs = 0;
        for (int i = 0; i < sorted.size(); ) {
            double tiedPositives = 0;
            double tiedNegatives = 0;
            double score = sorted.get(i).score();
            for (; i < sorted.size() && sorted.get(i).score() == score; i++) {
                if (sorted.get(i).truth() == 1) {
                    tiedPositives++;
                } else {
                    tiedNegatives++;
                }
            }
            pairs += tiedPositives * (negatives + tiedNegatives / 2);
            positives += tiedPositives;
            negatives += tiedNegatives;
        }
        if (positives == 0 || negatives == 0) {
            throw new IllegalArgumentException("outcomes: " + outcomes.size() + " of one class; auc needs both");
        }
        return pairs / (positives * negatives);
    }

    private static IllegalArgumentException unknown(String metric) {
        return new IllegalArgumentException("metric: '" + metric + "' is not known");
    }
}
