package io.homeostat.drift.statistics.performance;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.List;

/** What a window keeps of its rows, per task. */
sealed interface OutcomeCounts permits BinaryCounts, ClassCounts, ValueErrors {
    /** The smallest probability whose logarithm is taken. */
    double SMALLEST_PROBABILITY = 1e-15;

    /** The largest log-loss of a row. */
    double MOST_LOG_LOSS = -Math.log(SMALLEST_PROBABILITY);

    long n();

    /** How many rows the rarest of the actual classes has; of a regression, all. */
    long rarest();

    /** The metrics that are defined, in the order of {@link Metric}; only asked with rows. */
    List<MetricValue> metrics();

    void write(StateWriter out);

    void read(StateReader in);

    /** The log-loss of a row whose actual class was given this probability. */
    static double logLoss(double probability) {
        return -Math.log(Math.max(SMALLEST_PROBABILITY, Math.min(1, probability)));
    }

    /** A probability cut to [0, 1]; an infinite one is an error. */
    static double probability(double given) {
        if (Double.isInfinite(given)) {
            throw new IllegalArgumentException(
                    "probability: " + given + " is not in 0..1. Leave it out (NaN) where it is not known.");
        }
        return Math.max(0, Math.min(1, given));
    }

    /** The share of right rows. */
    static MetricValue accuracy(long correct, long n) {
        return share(Metric.ACCURACY, correct, n);
    }

    /** A share of rows, with its confidence sequence. */
    static MetricValue share(Metric metric, long hits, long n) {
        double share = (double) hits / n;
        return new MetricValue(
                metric, share, Math.sqrt(share * (1 - share) / n), n, ConfidenceSequence.ofShare(hits, n));
    }

    /** What a confusion matrix says, with a fixed-time interval. */
    static MetricValue fixedTime(Metric metric, ConfusionMatrix.Estimate estimate, long n) {
        return MetricValue.fixedTime(metric, estimate.value(), estimate.standardError(), n, 0, 1);
    }
}
