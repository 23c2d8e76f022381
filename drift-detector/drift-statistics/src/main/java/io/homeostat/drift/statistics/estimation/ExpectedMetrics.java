package io.homeostat.drift.statistics.estimation;

import java.util.Arrays;
import java.util.Optional;

/**
 * Metrics of one class against the rest, from its expected outcomes.
 *
 * <p>Variances are those of the delta method: a row's label turned from 0 to 1 moves the metric by its slope, which
 * depends on bin and prediction only. Two things are random: the labels, p(1 − p) a row; and the probabilities
 * themselves, known from the reference's rows in the bin only, in which all rows of the bin are wrong together.
 */
final class ExpectedMetrics {
    private final ExpectedOutcomes outcomes;
    private final ScoreBins reference;
    private final double[] predicted = new double[2];
    private final double[] positives = new double[2];

    ExpectedMetrics(ExpectedOutcomes outcomes, ScoreBins reference) {
        this.outcomes = outcomes;
        this.reference = reference;
        for (int side = 0; side < 2; side++) {
            predicted[side] = Arrays.stream(outcomes.rows[side]).sum();
            positives[side] = Arrays.stream(outcomes.positives[side]).sum();
        }
    }

    /** What a row's label moves, by bin and prediction. */
    private interface Slope {
        double of(int bin, boolean predicted);
    }

    private double n() {
        return predicted[0] + predicted[1];
    }

    private double actual() {
        return positives[0] + positives[1];
    }

    private double others() {
        return n() - actual();
    }

    /** The share of rows that are of the class and predicted to be: what it adds to a multiclass accuracy. */
    Expected hits() {
        return new Expected(positives[1] / n(), variance((bin, yes) -> yes ? 1 / n() : 0));
    }

    Expected accuracy() {
        double right = positives[1] + predicted[0] - positives[0];
        return new Expected(right / n(), variance((bin, yes) -> (yes ? 1 : -1) / n()));
    }

    Optional<Expected> recall() {
        return ratio(positives[1], actual(), 1, 1);
    }

    Optional<Expected> precision() {
        return ratio(positives[1], predicted[1], 1, 0);
    }

    Optional<Expected> f1() {
        return ratio(2 * positives[1], predicted[1] + actual(), 2, 1);
    }

    /* above / below, where a positive label adds to what is above if it was predicted, and to what is below anyway */
    private Optional<Expected> ratio(double above, double below, double toAbove, double toBelow) {
        if (below <= 0) {
            return Optional.empty();
        }
        double lost = above / below / below * toBelow;
        return Optional.of(new Expected(above / below, variance((bin, yes) -> (yes ? toAbove / below : 0) - lost)));
    }

    /** The mean of recall and specificity; of one of them where the other class is not expected at all. */
    Optional<Expected> balancedAccuracy() {
        if (actual() <= 0 || others() <= 0) {
            return Optional.of(accuracy());
        }
        double recall = positives[1] / actual();
        double specificity = (predicted[0] - positives[0]) / others();
        return Optional.of(new Expected(
                (recall + specificity) / 2,
                variance((bin, yes) ->
                        ((yes ? 1 - recall : -recall) / actual() + (yes ? specificity : specificity - 1) / others())
                                / 2)));
    }

    /** Pairs of a row with itself are not pairs: what they add is taken out. */
    Optional<Expected> auc() {
        double pairs = actual() * others() - outcomes.selfPairs;
        if (!(pairs > 0)) {
            return Optional.empty();
        }
        int bins = outcomes.bins();
        double[] beaten = new double[bins];
        double below = 0;
        double positivesBelow = 0;
        double won = -outcomes.selfPairs / 2;
        for (int bin = 0; bin < bins; bin++) {
            double p = outcomes.positives[0][bin] + outcomes.positives[1][bin];
            double q = outcomes.rows[0][bin] + outcomes.rows[1][bin] - p;
            won += p * (below + q / 2);
            beaten[bin] = below + q / 2 - (actual() - positivesBelow - p / 2);
            below += q;
            positivesBelow += p;
        }
        double auc = Math.max(0, Math.min(1, won / pairs));
        double drift = auc / others() - auc / actual();
        return Optional.of(new Expected(auc, variance((bin, yes) -> beaten[bin] / pairs + drift)));
    }

    Expected brier() {
        return new Expected(outcomes.brier / n(), variance((bin, yes) -> (1 - 2 * score(bin)) / n()));
    }

    Expected logLoss() {
        return new Expected(
                (outcomes.positiveLogLoss + outcomes.negativeLogLoss) / n(),
                variance((bin, yes) ->
                        (ExpectedOutcomes.logLoss(score(bin)) - ExpectedOutcomes.logLoss(1 - score(bin))) / n()));
    }

    /** The class's part of a multiclass log-loss. */
    Expected positiveLogLoss() {
        return new Expected(
                outcomes.positiveLogLoss / n(), variance((bin, yes) -> ExpectedOutcomes.logLoss(score(bin)) / n()));
    }

    private double score(int bin) {
        return outcomes.scores[bin] / (outcomes.rows[0][bin] + outcomes.rows[1][bin]);
    }

    private double variance(Slope slope) {
        double variance = 0;
        for (int bin = 0; bin < outcomes.bins(); bin++) {
            double together = 0;
            double rows = outcomes.rows[0][bin] + outcomes.rows[1][bin];
            for (int side = 0; side < 2; side++) {
                double count = outcomes.rows[side][bin];
                if (count > 0) {
                    double move = slope.of(bin, side == 1);
                    double p = outcomes.positives[side][bin] / count;
                    variance += count * p * (1 - p) * move * move;
                    together += count * move;
                }
            }
            if (rows > 0) {
                double p = (outcomes.positives[0][bin] + outcomes.positives[1][bin]) / rows;
                variance += together * together * reference.variance(bin, p);
            }
        }
        return variance;
    }
}
