package io.homeostat.drift.statistics.performance;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Errors of a regression: sums of their powers, and of the actual values' around a centre, for R². */
final class ValueErrors implements OutcomeCounts {
    /** Beyond it, powers of errors would overflow. */
    private static final double MOST = 1e60;

    private final double largestError;
    private long n;
    private double absolute;
    private double squared;
    private double fourth;
    private double largestSeen;
    private double centre;

    /** Σ (actual − centre)^k. */
    private double[] actual = new double[5];

    /** Σ error² (actual − centre)^k. */
    private double[] weighted = new double[3];

    ValueErrors(double largestError) {
        if (!(largestError > 0)) {
            throw new IllegalArgumentException("largestError: " + largestError + " is not above 0.");
        }
        this.largestError = largestError;
    }

    void add(double predicted, double value) {
        if (!Double.isFinite(predicted) || !Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "outcome: predicted " + predicted + " and actual " + value + " must be finite.");
        }
        double y = Math.max(-MOST, Math.min(MOST, value));
        double error = Math.abs(Math.max(-MOST, Math.min(MOST, predicted)) - y);
        centre = n == 0 ? y : centre;
        n++;
        absolute += error;
        squared += error * error;
        fourth += error * error * error * error;
        largestSeen = Math.max(largestSeen, error);
        addPowers(actual, 1, y - centre);
        addPowers(weighted, error * error, y - centre);
    }

    private static void addPowers(double[] sums, double weight, double x) {
        double power = weight;
        for (int k = 0; k < sums.length; k++) {
            sums[k] += power;
            power *= x;
        }
    }

    void merge(ValueErrors other) {
        if (largestError != other.largestError) {
            throw new IllegalArgumentException("largestError: windows of " + largestError + " and of "
                    + other.largestError + " do not merge. Give both the same.");
        }
        if (n == 0) {
            centre = other.centre;
        }
        addAll(actual, shifted(other.actual, other.centre - centre));
        addAll(weighted, shifted(other.weighted, other.centre - centre));
        n += other.n;
        absolute += other.absolute;
        squared += other.squared;
        fourth += other.fourth;
        largestSeen = Math.max(largestSeen, other.largestSeen);
    }

    private static void addAll(double[] sums, double[] others) {
        for (int k = 0; k < sums.length; k++) {
            sums[k] += others[k];
        }
    }

    /* from Σ w x^k to Σ w (x + by)^k, by the binomial theorem */
    private static double[] shifted(double[] sums, double by) {
        double[] result = new double[sums.length];
        for (int k = 0; k < sums.length; k++) {
            double term = 1;
            for (int j = k; j >= 0; j--) {
                result[k] += term * sums[j];
                term *= by * j / (k - j + 1);
            }
        }
        return result;
    }

    @Override
    public long n() {
        return n;
    }

    @Override
    public long rarest() {
        return n;
    }

    @Override
    public List<MetricValue> metrics() {
        List<MetricValue> values = new ArrayList<>();
        values.add(rmse());
        values.add(mae());
        r2().ifPresent(values::add);
        return values;
    }

    private MetricValue rmse() {
        double mse = squared / n;
        double root = Math.sqrt(mse);
        double mseError = Math.sqrt(Math.max(0, fourth / n - mse * mse) / n);
        double error = root == 0 ? 0 : mseError / (2 * root);
        return MetricValue.fixedTime(Metric.RMSE, root, error, n, 0, Double.MAX_VALUE);
    }

    private MetricValue mae() {
        double mean = absolute / n;
        double error = Math.sqrt(Math.max(0, squared / n - mean * mean) / n);
        return largestSeen <= largestError && largestError < Double.POSITIVE_INFINITY
                ? new MetricValue(
                        Metric.MAE, mean, error, n, ConfidenceSequence.ofMean(n, absolute, squared, largestError))
                : MetricValue.fixedTime(Metric.MAE, mean, error, n, 0, Double.MAX_VALUE);
    }

    /* delta method: one row more moves R² by −(e² − mse) / v + mse / v² ((y − ȳ)² − v) over n */
    private Optional<MetricValue> r2() {
        double toMean = -actual[1] / n;
        double[] y = shifted(actual, toMean);
        double[] e = shifted(weighted, toMean);
        double variance = y[2] / n;
        double noise = 1e-12 * (actual[2] / n);
        if (!(variance > noise) || n < 2) {
            return Optional.empty();
        }
        double mse = squared / n;
        double slope = mse / (variance * variance);
        double spread = (fourth / n - mse * mse) / (variance * variance)
                - 2 * slope / variance * (e[2] / n - mse * variance)
                + slope * slope * (y[4] / n - variance * variance);
        double error = Math.sqrt(Math.max(0, spread) / n);
        return Optional.of(MetricValue.fixedTime(Metric.R2, 1 - mse / variance, error, n, -Double.MAX_VALUE, 1));
    }

    @Override
    public void write(StateWriter out) {
        out.real(largestError).count(n).real(absolute).real(squared).real(fourth);
        out.real(largestSeen).real(centre).reals(actual).reals(weighted);
    }

    @Override
    public void read(StateReader in) {
        n = in.count();
        absolute = in.real();
        squared = in.real();
        fourth = in.real();
        largestSeen = in.real();
        centre = in.real();
        actual = in.reals();
        weighted = in.reals();
    }
}
