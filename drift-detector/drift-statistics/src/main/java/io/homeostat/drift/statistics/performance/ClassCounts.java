package io.homeostat.drift.statistics.performance;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Outcomes of a multiclass model. */
final class ClassCounts implements OutcomeCounts {
    /** Score histograms take 16 kB a class. */
    static final int MOST_SCORED_CLASSES = 50;

    private final ConfusionCounts confusion = new ConfusionCounts();
    private final LossMean logLoss = new LossMean(Metric.LOG_LOSS, MOST_LOG_LOSS);
    private final LossMean brier = new LossMean(Metric.BRIER, 2);
    private final ScoreHistogram confidence = new ScoreHistogram();
    private final TreeMap<String, ScoreHistogram> scores = new TreeMap<>();
    private boolean tooManyScored;
    private long n;
    private long correct;

    void add(String actual, String predicted, double probabilityOfActual) {
        double cut = OutcomeCounts.probability(probabilityOfActual);
        n++;
        correct += actual.equals(predicted) ? 1 : 0;
        confusion.add(actual, predicted, 1);
        if (!Double.isNaN(cut)) {
            logLoss.add(OutcomeCounts.logLoss(cut));
        }
    }

    void add(String actual, String predicted, Map<String, Double> probabilities) {
        double squares = 1;
        for (Map.Entry<String, Double> entry : probabilities.entrySet()) {
            double p = OutcomeCounts.probability(entry.getValue());
            if (Double.isNaN(p)) {
                throw new IllegalArgumentException("probabilities." + entry.getKey()
                        + ": is NaN. Add the row without probabilities, or all of them.");
            }
            squares += p * p - (entry.getKey().equals(actual) ? 2 * p : 0);
        }
        add(actual, predicted, probabilities.getOrDefault(actual, 0.0));
        brier.add(Math.max(0, Math.min(2, squares)));
        confidence.add(probability(probabilities, predicted), actual.equals(predicted));
        tooManyScored |= probabilities.size() > MOST_SCORED_CLASSES;
        if (!tooManyScored) {
            probabilities.forEach((name, p) -> histogram(name).add(OutcomeCounts.probability(p), name.equals(actual)));
        }
        limitScores();
    }

    private static double probability(Map<String, Double> probabilities, String name) {
        return OutcomeCounts.probability(probabilities.getOrDefault(name, 0.0));
    }

    private ScoreHistogram histogram(String name) {
        return scores.computeIfAbsent(name, s -> new ScoreHistogram());
    }

    private void limitScores() {
        tooManyScored |= scores.size() > MOST_SCORED_CLASSES;
        if (tooManyScored) {
            scores.clear();
        }
    }

    void merge(ClassCounts other) {
        n += other.n;
        correct += other.correct;
        confusion.merge(other.confusion);
        logLoss.merge(other.logLoss);
        brier.merge(other.brier);
        confidence.merge(other.confidence);
        tooManyScored |= other.tooManyScored;
        other.scores.forEach((name, histogram) -> histogram(name).merge(histogram));
        limitScores();
    }

    @Override
    public long n() {
        return n;
    }

    @Override
    public long rarest() {
        return confusion.rarest();
    }

    @Override
    public List<MetricValue> metrics() {
        List<MetricValue> values = new ArrayList<>();
        values.add(OutcomeCounts.accuracy(correct, n));
        confusion.matrix().ifPresent(matrix -> {
            matrix.balancedAccuracy()
                    .ifPresent(e -> values.add(OutcomeCounts.fixedTime(Metric.BALANCED_ACCURACY, e, n)));
            matrix.macroPrecision().ifPresent(e -> values.add(OutcomeCounts.fixedTime(Metric.PRECISION, e, n)));
            matrix.balancedAccuracy().ifPresent(e -> values.add(OutcomeCounts.fixedTime(Metric.RECALL, e, n)));
            matrix.macroF1().ifPresent(e -> values.add(OutcomeCounts.fixedTime(Metric.F1, e, n)));
        });
        auc().ifPresent(values::add);
        logLoss.value().ifPresent(values::add);
        brier.value().ifPresent(values::add);
        confidence.calibrationError().ifPresent(values::add);
        return values;
    }

    /* the mean of the classes' standard errors bounds that of the mean, whatever their correlation */
    private Optional<MetricValue> auc() {
        List<MetricValue> each = scores.values().stream()
                .flatMap(histogram -> histogram.auc().stream())
                .toList();
        if (each.isEmpty()) {
            return Optional.empty();
        }
        double value = each.stream().mapToDouble(MetricValue::value).average().orElseThrow();
        double error =
                each.stream().mapToDouble(MetricValue::standardError).average().orElseThrow();
        return Optional.of(MetricValue.fixedTime(Metric.AUC, value, error, confidence.n(), 0, 1));
    }

    @Override
    public void write(StateWriter out) {
        out.count(n).count(correct);
        confusion.write(out);
        logLoss.write(out);
        brier.write(out);
        confidence.write(out);
        out.flag(tooManyScored).count(scores.size());
        scores.forEach((name, histogram) -> histogram.write(out.text(name)));
    }

    @Override
    public void read(StateReader in) {
        n = in.count();
        correct = in.count();
        confusion.read(in);
        logLoss.read(in);
        brier.read(in);
        confidence.read(in);
        tooManyScored = in.flag();
        int scored = in.sizeIn(0, MOST_SCORED_CLASSES);
        for (int i = 0; i < scored; i++) {
            histogram(in.text()).read(in);
        }
    }
}
