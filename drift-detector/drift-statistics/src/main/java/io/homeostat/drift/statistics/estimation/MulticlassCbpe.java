package io.homeostat.drift.statistics.estimation;

import io.homeostat.drift.statistics.performance.Metric;
import io.homeostat.drift.statistics.performance.PerformanceWindow;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Confidence-based performance estimation of a multiclass model.
 *
 * <p>Idea: each class against the rest as in {@link BinaryCbpe}, the calibrated probabilities of a row divided by their
 * sum. Precision, recall, F1 and AUC are means over the classes (macro); their standard errors, and those of log-loss
 * and Brier, are bounds that hold however the classes' errors depend on each other.
 *
 * <p>Parameters: the labelled reference, of at most {@value #MOST_CLASSES} classes; a seed for the folds.
 *
 * <p><b>Blind to concept drift:</b> always pair it with late labels.
 *
 * <p>Reference: NannyML, confidence-based performance estimation.
 */
public final class MulticlassCbpe {
    /** The most classes. */
    public static final int MOST_CLASSES = 50;

    private static final int TAG = 63;
    private static final int VERSION = 1;

    private final List<String> classes;
    private final IsotonicRegression[] calibrations;
    private final ScoreBins[] bins;
    private final Thresholds thresholds;
    private final long id;

    private MulticlassCbpe(
            List<String> classes, IsotonicRegression[] calibrations, ScoreBins[] bins, Thresholds thresholds) {
        this.classes = classes;
        this.calibrations = calibrations;
        this.bins = bins;
        this.thresholds = thresholds;
        this.id = Integer.toUnsignedLong(Arrays.hashCode(toBytes()));
    }

    /**
     * Learns from a labelled reference that the model was not trained on.
     *
     * @param classes 2 to 50 names, in the order of the probabilities
     * @param probabilities per row, of every class, each in 0..1
     * @param predicted the index of the predicted class, per row
     * @param actual the index of the actual class, per row
     * @param seed of the folds
     */
    public static MulticlassCbpe fit(
            List<String> classes, double[][] probabilities, int[] predicted, int[] actual, long seed) {
        if (classes.size() < 2 || classes.size() > MOST_CLASSES || probabilities.length == 0) {
            throw new IllegalArgumentException("reference: " + classes.size() + " classes and " + probabilities.length
                    + " rows. Give 2 to " + MOST_CLASSES + " classes and at least one row.");
        }
        PerformanceWindow window = new PerformanceWindow(Task.MULTICLASS);
        for (int i = 0; i < probabilities.length; i++) {
            window.addClass(classes.get(actual[i]), classes.get(predicted[i]), named(classes, probabilities[i]));
        }
        IsotonicRegression[] calibrations = new IsotonicRegression[classes.size()];
        ScoreBins[] bins = new ScoreBins[classes.size()];
        for (int c = 0; c < classes.size(); c++) {
            double[] scores = new double[probabilities.length];
            boolean[] positive = new boolean[probabilities.length];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = BinaryCbpe.checked(probabilities[i][c]);
                positive[i] = actual[i] == c;
            }
            calibrations[c] = Calibration.choose(scores, positive, seed + c);
            bins[c] = ScoreBins.cut(scores);
        }
        return new MulticlassCbpe(List.copyOf(classes), calibrations, bins, new Thresholds(window));
    }

    private static Map<String, Double> named(List<String> classes, double[] probabilities) {
        Map<String, Double> named = new HashMap<>();
        for (int c = 0; c < probabilities.length; c++) {
            named.put(classes.get(c), probabilities[c]);
        }
        return named;
    }

    /** The names, in the order of the probabilities. */
    public List<String> classes() {
        return classes;
    }

    /** An empty chunk. */
    public EstimationChunk chunk() {
        return new EstimationChunk(id, bins);
    }

    /** Adds a row to a chunk: the probability of every class, each in 0..1, and the index of the predicted class. */
    public void add(EstimationChunk chunk, double[] probabilities, int predicted) {
        chunk.require(id);
        if (predicted < 0 || predicted >= classes.size()) {
            throw new IllegalArgumentException(
                    "predicted: " + predicted + " is not the index of one of " + classes.size() + " classes.");
        }
        double[] calibrated = calibrated(probabilities);
        for (int c = 0; c < calibrated.length; c++) {
            double score = probabilities[c];
            chunk.of(c).add(bins[c].of(score), score, calibrated[c], predicted == c);
        }
        chunk.count();
    }

    /* where no class is left with a chance, the model's own probabilities stand */
    private double[] calibrated(double[] probabilities) {
        if (probabilities.length != classes.size()) {
            throw new IllegalArgumentException(
                    "probabilities: " + probabilities.length + " are given for " + classes.size() + " classes.");
        }
        double[] found = new double[probabilities.length];
        double sum = 0;
        for (int c = 0; c < found.length; c++) {
            found[c] = calibrations[c].at(BinaryCbpe.checked(probabilities[c]));
            sum += found[c];
        }
        double divisor = sum;
        return sum > 0 ? Arrays.stream(found).map(p -> p / divisor).toArray() : probabilities;
    }

    /** The metrics of a chunk that both it and the reference define; none without rows. */
    public List<EstimatedMetric> estimate(EstimationChunk chunk) {
        chunk.require(id);
        List<EstimatedMetric> found = new ArrayList<>();
        if (chunk.n() == 0) {
            return found;
        }
        List<ExpectedMetrics> each = IntStream.range(0, classes.size())
                .mapToObj(c -> new ExpectedMetrics(chunk.of(c), bins[c]))
                .toList();
        List<Expected> hits = each.stream().map(ExpectedMetrics::hits).toList();
        Expected accuracy = new Expected(
                hits.stream().mapToDouble(Expected::value).sum(),
                hits.stream().mapToDouble(Expected::variance).sum());
        thresholds.add(found, Metric.ACCURACY, Optional.of(accuracy), chunk.n());
        thresholds.add(found, Metric.BALANCED_ACCURACY, mean(each, ExpectedMetrics::recall), chunk.n());
        thresholds.add(found, Metric.PRECISION, mean(each, ExpectedMetrics::precision), chunk.n());
        thresholds.add(found, Metric.RECALL, mean(each, ExpectedMetrics::recall), chunk.n());
        thresholds.add(found, Metric.F1, mean(each, ExpectedMetrics::f1), chunk.n());
        thresholds.add(found, Metric.AUC, mean(each, ExpectedMetrics::auc), chunk.n());
        thresholds.add(found, Metric.LOG_LOSS, sum(each, ExpectedMetrics::positiveLogLoss), chunk.n());
        thresholds.add(found, Metric.BRIER, sum(each, ExpectedMetrics::brier), chunk.n());
        return found;
    }

    private static Optional<Expected> mean(
            List<ExpectedMetrics> each, Function<ExpectedMetrics, Optional<Expected>> metric) {
        List<Expected> defined =
                each.stream().flatMap(e -> metric.apply(e).stream()).toList();
        return defined.isEmpty() ? Optional.empty() : Optional.of(bound(defined, defined.size()));
    }

    private static Optional<Expected> sum(List<ExpectedMetrics> each, Function<ExpectedMetrics, Expected> metric) {
        return Optional.of(bound(each.stream().map(metric).toList(), 1));
    }

    /* the standard error of a sum is at most the sum of the standard errors */
    private static Expected bound(List<Expected> parts, int divisor) {
        double value = parts.stream().mapToDouble(Expected::value).sum() / divisor;
        double error = parts.stream().mapToDouble(p -> Math.sqrt(p.variance())).sum() / divisor;
        return new Expected(value, error * error);
    }

    /** The estimator as bytes. */
    public byte[] toBytes() {
        StateWriter out =
                new StateWriter(TAG, VERSION).bytes(thresholds.toBytes()).count(classes.size());
        for (int c = 0; c < classes.size(); c++) {
            out.text(classes.get(c)).bytes(calibrations[c].toBytes());
            bins[c].write(out);
        }
        return out.toBytes();
    }

    /** The estimator that gave these bytes. */
    public static MulticlassCbpe fromBytes(byte[] bytes) {
        StateReader in = new StateReader("multiclass estimator", bytes, TAG, VERSION);
        Thresholds thresholds = Thresholds.fromBytes(in.bytes());
        int size = in.sizeIn(2, MOST_CLASSES);
        List<String> classes = new ArrayList<>();
        IsotonicRegression[] calibrations = new IsotonicRegression[size];
        ScoreBins[] bins = new ScoreBins[size];
        for (int c = 0; c < size; c++) {
            classes.add(in.text());
            calibrations[c] = IsotonicRegression.fromBytes(in.bytes());
            bins[c] = ScoreBins.read(in);
        }
        in.end();
        return new MulticlassCbpe(List.copyOf(classes), calibrations, bins, thresholds);
    }
}
