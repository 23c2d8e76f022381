package io.homeostat.drift.statistics.performance;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.ArrayList;
import java.util.List;

/** Outcomes of a binary model. */
final class BinaryCounts implements OutcomeCounts {
    /** [actual][predicted], the positive class second. */
    private final long[][] cells = new long[2][2];

    private final ScoreHistogram scores = new ScoreHistogram();
    private final LossMean logLoss = new LossMean(Metric.LOG_LOSS, MOST_LOG_LOSS);
    private final LossMean brier = new LossMean(Metric.BRIER, 1);

    void add(boolean actual, boolean predicted, double score) {
        double cut = OutcomeCounts.probability(score);
        cells[actual ? 1 : 0][predicted ? 1 : 0]++;
        if (!Double.isNaN(cut)) {
            scores.add(cut, actual);
            logLoss.add(OutcomeCounts.logLoss(actual ? cut : 1 - cut));
            brier.add((actual ? 1 - cut : cut) * (actual ? 1 - cut : cut));
        }
    }

    void merge(BinaryCounts other) {
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                cells[i][j] += other.cells[i][j];
            }
        }
        scores.merge(other.scores);
        logLoss.merge(other.logLoss);
        brier.merge(other.brier);
    }

    ScoreHistogram scores() {
        return scores;
    }

    @Override
    public long n() {
        return cells[0][0] + cells[0][1] + cells[1][0] + cells[1][1];
    }

    @Override
    public long rarest() {
        return Math.min(cells[0][0] + cells[0][1], cells[1][0] + cells[1][1]);
    }

    @Override
    public List<MetricValue> metrics() {
        long n = n();
        long hits = cells[1][1];
        long predicted = hits + cells[0][1];
        long actual = hits + cells[1][0];
        ConfusionMatrix matrix =
                new ConfusionMatrix(new double[][] {{cells[0][0], cells[0][1]}, {cells[1][0], cells[1][1]}});
        List<MetricValue> values = new ArrayList<>();
        values.add(OutcomeCounts.accuracy(hits + cells[0][0], n));
        matrix.balancedAccuracy().ifPresent(e -> values.add(OutcomeCounts.fixedTime(Metric.BALANCED_ACCURACY, e, n)));
        if (predicted > 0) {
            values.add(OutcomeCounts.share(Metric.PRECISION, hits, predicted));
        }
        if (actual > 0) {
            values.add(OutcomeCounts.share(Metric.RECALL, hits, actual));
        }
        matrix.f1(1).ifPresent(e -> values.add(OutcomeCounts.fixedTime(Metric.F1, e, n)));
        scores.auc().ifPresent(values::add);
        logLoss.value().ifPresent(values::add);
        brier.value().ifPresent(values::add);
        scores.calibrationError().ifPresent(values::add);
        return values;
    }

    @Override
    public void write(StateWriter out) {
        out.count(cells[0][0]).count(cells[0][1]).count(cells[1][0]).count(cells[1][1]);
        scores.write(out);
        logLoss.write(out);
        brier.write(out);
    }

    @Override
    public void read(StateReader in) {
        for (long[] row : cells) {
            row[0] = in.count();
            row[1] = in.count();
        }
        scores.read(in);
        logLoss.read(in);
        brier.read(in);
    }
}
