package io.homeostat.drift.statistics.performance;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.Optional;

/** The mean of losses in [0, range], as sums. */
final class LossMean {
    private final Metric metric;
    private final double range;
    private long n;
    private double sum;
    private double squares;

    LossMean(Metric metric, double range) {
        this.metric = metric;
        this.range = range;
    }

    void add(double loss) {
        n++;
        sum += loss;
        squares += loss * loss;
    }

    void merge(LossMean other) {
        n += other.n;
        sum += other.sum;
        squares += other.squares;
    }

    /** The mean with its confidence sequence; empty without losses. */
    Optional<MetricValue> value() {
        if (n == 0) {
            return Optional.empty();
        }
        double mean = sum / n;
        double error = Math.sqrt(Math.max(0, squares / n - mean * mean) / n);
        return Optional.of(new MetricValue(metric, mean, error, n, ConfidenceSequence.ofMean(n, sum, squares, range)));
    }

    void write(StateWriter out) {
        out.count(n).real(sum).real(squares);
    }

    void read(StateReader in) {
        n = in.count();
        sum = in.real();
        squares = in.real();
    }
}
