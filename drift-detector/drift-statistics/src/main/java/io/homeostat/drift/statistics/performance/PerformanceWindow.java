package io.homeostat.drift.statistics.performance;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How good a model was in a window of labelled rows; windows merge exactly.
 *
 * <p>AUC is taken from counts of positives and negatives in 1000 equal bins of the score in [0, 1], pairs in one bin
 * counting one half: it is off by at most {@link #aucErrorBound()}, half the share of such pairs. Scores outside are cut
 * to the range; a row without a score (NaN) counts for accuracy only.
 */
public final class PerformanceWindow {
    private static final int TAG = 20;
    private static final int VERSION = 1;
    private static final int BINS = 1000;
    private static final double SMALLEST_PROBABILITY = 1e-15;

    private final Task task;
    private final long[] positives;
    private final long[] negatives;
    private long n;
    private long correct;
    private long scored;
    private double logLoss;
    private double logLossSquares;
    private double absolute;
    private double squared;
    private double fourth;

    /** An empty window of a task. */
    public PerformanceWindow(Task task) {
        this.task = task;
        this.positives = new long[task == Task.BINARY ? BINS : 0];
        this.negatives = new long[task == Task.BINARY ? BINS : 0];
    }

    /** Adds a row of a binary task; the score is the positive class's probability, NaN if unknown. */
    public void addBinary(boolean actualPositive, boolean predictedPositive, double score) {
        require(Task.BINARY);
        n++;
        correct += actualPositive == predictedPositive ? 1 : 0;
        if (!Double.isNaN(score)) {
            double cut = Math.max(0, Math.min(1, score));
            (actualPositive ? positives : negatives)[Math.min(BINS - 1, (int) (cut * BINS))]++;
            addProbability(actualPositive ? cut : 1 - cut);
        }
    }

    /** Adds a row of a multiclass task; the probability is the one given to the actual class, NaN if unknown. */
    public void addClass(boolean right, double probabilityOfActual) {
        require(Task.MULTICLASS);
        n++;
        correct += right ? 1 : 0;
        if (!Double.isNaN(probabilityOfActual)) {
            addProbability(probabilityOfActual);
        }
    }

    /** Adds a row of a regression; both must be finite. */
    public void addValue(double predicted, double actual) {
        require(Task.REGRESSION);
        double error = Math.abs(predicted - actual);
        if (!Double.isFinite(error)) {
            throw new IllegalArgumentException(
                    "outcome: predicted " + predicted + " and actual " + actual + " must be finite.");
        }
        n++;
        absolute += error;
        squared += error * error;
        fourth += error * error * error * error;
    }

    private void addProbability(double probability) {
        double cut = Math.max(SMALLEST_PROBABILITY, Math.min(1, probability));
        double loss = -Math.log(cut);
        scored++;
        logLoss += loss;
        logLossSquares += loss * loss;
    }

    /** Adds everything that another window of the same task saw. */
    public void merge(PerformanceWindow other) {
        other.require(task);
        for (int i = 0; i < positives.length; i++) {
            positives[i] += other.positives[i];
            negatives[i] += other.negatives[i];
        }
        n += other.n;
        correct += other.correct;
        scored += other.scored;
        logLoss += other.logLoss;
        logLossSquares += other.logLossSquares;
        absolute += other.absolute;
        squared += other.squared;
        fourth += other.fourth;
    }

    /** How many labelled rows were added. */
    public long n() {
        return n;
    }

    /** The metrics that are defined: none without rows, no AUC with one class only. */
    public List<MetricValue> metrics() {
        List<MetricValue> values = new ArrayList<>();
        if (n == 0) {
            return values;
        }
        if (task == Task.REGRESSION) {
            values.add(rmse());
            values.add(mean(Metric.MAE, absolute, squared, n));
            return values;
        }
        double accuracy = (double) correct / n;
        values.add(new MetricValue(Metric.ACCURACY, accuracy, Math.sqrt(accuracy * (1 - accuracy) / n), n));
        auc().ifPresent(auc -> values.add(new MetricValue(Metric.AUC, auc, aucStandardError(auc), scored)));
        if (scored > 0) {
            values.add(mean(Metric.LOG_LOSS, logLoss, logLossSquares, scored));
        }
        return values;
    }

    /** The area under the ROC curve; empty for other tasks, and while only one class was seen. */
    public OptionalDouble auc() {
        double pairs = (double) total(positives) * total(negatives);
        if (pairs == 0) {
            return OptionalDouble.empty();
        }
        double below = 0;
        double won = 0;
        for (int i = 0; i < positives.length; i++) {
            won += positives[i] * (below + negatives[i] / 2.0);
            below += negatives[i];
        }
        return OptionalDouble.of(won / pairs);
    }

    /** How far the AUC may be off because of the bins; 0 without one. */
    public double aucErrorBound() {
        double pairs = (double) total(positives) * total(negatives);
        double tied = 0;
        for (int i = 0; i < positives.length; i++) {
            tied += (double) positives[i] * negatives[i];
        }
        return pairs == 0 ? 0 : tied / pairs / 2;
    }

    /* Hanley and McNeil, 1982 */
    private double aucStandardError(double auc) {
        double p = total(positives);
        double q = total(negatives);
        double q1 = auc / (2 - auc);
        double q2 = 2 * auc * auc / (1 + auc);
        double variance = auc * (1 - auc) + (p - 1) * (q1 - auc * auc) + (q - 1) * (q2 - auc * auc);
        return Math.sqrt(Math.max(0, variance) / (p * q));
    }

    private MetricValue rmse() {
        double mse = squared / n;
        double root = Math.sqrt(mse);
        double mseError = Math.sqrt(Math.max(0, fourth / n - mse * mse) / n);
        return new MetricValue(Metric.RMSE, root, root == 0 ? 0 : mseError / (2 * root), n);
    }

    private static MetricValue mean(Metric metric, double sum, double squares, long n) {
        double mean = sum / n;
        return new MetricValue(metric, mean, Math.sqrt(Math.max(0, squares / n - mean * mean) / n), n);
    }

    private static long total(long[] counts) {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        return total;
    }

    private void require(Task expected) {
        if (task != expected) {
            throw new IllegalArgumentException("task: the window is of " + task + ", not of " + expected + ".");
        }
    }

    /** The state as bytes; empty bins take none. */
    public byte[] toBytes() {
        StateWriter out = new StateWriter(TAG, VERSION)
                .count(task.ordinal())
                .count(n)
                .count(correct)
                .count(scored);
        out.real(logLoss).real(logLossSquares).real(absolute).real(squared).real(fourth);
        writeBins(out, positives);
        writeBins(out, negatives);
        return out.toBytes();
    }

    /** The window that gave these bytes. */
    public static PerformanceWindow fromBytes(byte[] bytes) {
        StateReader in = new StateReader("performance window", bytes, TAG, VERSION);
        PerformanceWindow window = new PerformanceWindow(Task.values()[in.sizeIn(0, Task.values().length - 1)]);
        window.n = in.count();
        window.correct = in.count();
        window.scored = in.count();
        window.logLoss = in.real();
        window.logLossSquares = in.real();
        window.absolute = in.real();
        window.squared = in.real();
        window.fourth = in.real();
        readBins(in, window.positives);
        readBins(in, window.negatives);
        in.end();
        return window;
    }

    private static void writeBins(StateWriter out, long[] bins) {
        int used = 0;
        for (long bin : bins) {
            used += bin > 0 ? 1 : 0;
        }
        out.count(used);
        for (int i = 0; i < bins.length; i++) {
            if (bins[i] > 0) {
                out.count(i).count(bins[i]);
            }
        }
    }

    private static void readBins(StateReader in, long[] bins) {
        int used = in.sizeIn(0, bins.length);
        for (int i = 0; i < used; i++) {
            bins[in.sizeIn(0, bins.length - 1)] = in.count();
        }
    }
}
