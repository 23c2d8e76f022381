package io.homeostat.drift.statistics.performance;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How good a model was in a window of labelled rows; windows merge: what was counted exactly, sums of reals up to
 * their rounding.
 *
 * <p>A metric that is not defined (no rows, one class only, no positive predicted, a constant actual value) is absent,
 * never NaN. Every value has its rows, a standard error and a 95 % {@link Interval}: a confidence sequence for means
 * of bounded losses (accuracy, Brier, log-loss, a binary model's precision and recall, MAE under a known largest
 * error), otherwise a fixed-time one by the delta method (balanced accuracy, F1, macro metrics, RMSE, R²), by Hanley
 * and McNeil (AUC) or by the bins' frequencies (calibration error).
 *
 * <p>Memory: AUC is taken from counts in 1000 bins of the score in [0, 1], finer towards 0 and 1, pairs in one bin
 * counting one half: it is off by at most {@link #aucErrorBound()}, half the share of such pairs. Confusion counts are kept for at most 100
 * classes, AUC for at most 50 scored ones; a window that sees more leaves their metrics out.
 *
 * <p>Scores outside [0, 1] are cut to it, infinite ones refused; a row without a score (NaN) counts for the metrics of
 * classes only.
 *
 * <p>Example: 70 true and 10 false positives, 30 false and 90 true negatives give accuracy .80 ± .028 (standard
 * error), with a confidence sequence of .693 to .884.
 */
public final class PerformanceWindow {
    private static final int TAG = 20;
    private static final int VERSION = 3;
    private static final int EQUAL_BINS = 2;

    private final Task task;
    private final OutcomeCounts counts;

    /** An empty window of a task. */
    public PerformanceWindow(Task task) {
        this(task, Double.POSITIVE_INFINITY);
    }

    private PerformanceWindow(Task task, double largestError) {
        this.task = task;
        this.counts = switch (task) {
            case BINARY -> new BinaryCounts();
            case MULTICLASS -> new ClassCounts();
            case REGRESSION -> new ValueErrors(largestError);
        };
    }

    /**
     * An empty window of a regression whose absolute errors have a bound, so that MAE has a confidence sequence.
     *
     * @param largestError the bound, above 0, in units of the target; a window that sees a larger error gives MAE a
     *     fixed-time interval, as one without a bound does
     */
    public static PerformanceWindow regression(double largestError) {
        return new PerformanceWindow(Task.REGRESSION, largestError);
    }

    /** Adds a row of a binary task; the score is the positive class's probability, NaN if unknown. */
    public void addBinary(boolean actualPositive, boolean predictedPositive, double score) {
        require(BinaryCounts.class).add(actualPositive, predictedPositive, score);
    }

    /** Adds a row of a multiclass task; the probability is the one given to the actual class, NaN if unknown. */
    public void addClass(String actual, String predicted, double probabilityOfActual) {
        require(ClassCounts.class).add(actual, predicted, probabilityOfActual);
    }

    /** Adds a row of a multiclass task with the probability of every class; a class left out has 0. */
    public void addClass(String actual, String predicted, Map<String, Double> probabilities) {
        require(ClassCounts.class).add(actual, predicted, probabilities);
    }

    /** Adds a row of a regression; both must be finite, and beyond ± 1e60 they count as that. */
    public void addValue(double predicted, double actual) {
        require(ValueErrors.class).add(predicted, actual);
    }

    /** Adds everything that another window of the same task saw. */
    public void merge(PerformanceWindow other) {
        if (counts instanceof BinaryCounts binary) {
            binary.merge(other.require(BinaryCounts.class));
        } else if (counts instanceof ClassCounts classes) {
            classes.merge(other.require(ClassCounts.class));
        } else if (counts instanceof ValueErrors errors) {
            errors.merge(other.require(ValueErrors.class));
        }
    }

    /** How many labelled rows were added. */
    public long n() {
        return counts.n();
    }

    /** How many rows the rarest of the actual classes has, on which its recall rests; of a regression, all rows. */
    public long rarest() {
        return counts.rarest();
    }

    /** The metrics that are defined: none without rows, no AUC with one class only. */
    public List<MetricValue> metrics() {
        return counts.n() == 0 ? List.of() : counts.metrics();
    }

    /** The area under the ROC curve; empty for other tasks, and while only one class was seen. */
    public OptionalDouble auc() {
        return counts instanceof BinaryCounts binary
                ? binary.scores().auc().stream().mapToDouble(MetricValue::value).findFirst()
                : OptionalDouble.empty();
    }

    /** How far a binary task's AUC may be off because of the bins; 0 without one. */
    public double aucErrorBound() {
        return counts instanceof BinaryCounts binary ? binary.scores().aucErrorBound() : 0;
    }

    private <T extends OutcomeCounts> T require(Class<T> type) {
        if (!type.isInstance(counts)) {
            throw new IllegalArgumentException(
                    "task: the window is of " + task + ". Add and merge only what is of that task.");
        }
        return type.cast(counts);
    }

    /** The state as bytes; empty bins take none. */
    public byte[] toBytes() {
        StateWriter out = new StateWriter(TAG, VERSION).text(task.name());
        counts.write(out);
        return out.toBytes();
    }

    /** The window that gave these bytes. */
    public static PerformanceWindow fromBytes(byte[] bytes) {
        StateReader in = new StateReader("performance window", bytes, TAG, EQUAL_BINS, VERSION);
        Task task = Task.valueOf(in.text());
        PerformanceWindow window = new PerformanceWindow(task, task == Task.REGRESSION ? in.real() : 1);
        window.counts.read(in);
        in.end();
        return window;
    }
}
