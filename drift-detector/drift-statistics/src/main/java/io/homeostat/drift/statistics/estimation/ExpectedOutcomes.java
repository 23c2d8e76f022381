package io.homeostat.drift.statistics.estimation;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;

/**
 * Rows of one class against the rest, per bin of the score and prediction (first index: 0 the rest, 1 the class): how
 * many, and how many of the class are expected among them. Mergeable; bounded by the bins.
 */
final class ExpectedOutcomes {
    private static final double SMALLEST = 1e-15;

    final long[][] rows;
    final double[][] positives;
    final double[] scores;
    double selfPairs;
    double brier;
    double positiveLogLoss;
    double negativeLogLoss;

    ExpectedOutcomes(int bins) {
        rows = new long[2][bins];
        positives = new double[2][bins];
        scores = new double[bins];
    }

    void add(int bin, double score, double probability, boolean predicted) {
        int side = predicted ? 1 : 0;
        rows[side][bin]++;
        positives[side][bin] += probability;
        scores[bin] += score;
        selfPairs += probability * (1 - probability);
        brier += probability * (1 - score) * (1 - score) + (1 - probability) * score * score;
        positiveLogLoss += probability * logLoss(score);
        negativeLogLoss += (1 - probability) * logLoss(1 - score);
    }

    static double logLoss(double probability) {
        return -Math.log(Math.max(SMALLEST, probability));
    }

    int bins() {
        return scores.length;
    }

    void merge(ExpectedOutcomes other) {
        for (int side = 0; side < 2; side++) {
            for (int bin = 0; bin < bins(); bin++) {
                rows[side][bin] += other.rows[side][bin];
                positives[side][bin] += other.positives[side][bin];
            }
        }
        for (int bin = 0; bin < bins(); bin++) {
            scores[bin] += other.scores[bin];
        }
        selfPairs += other.selfPairs;
        brier += other.brier;
        positiveLogLoss += other.positiveLogLoss;
        negativeLogLoss += other.negativeLogLoss;
    }

    /** Bins without rows take two bytes. */
    void write(StateWriter out) {
        out.count(bins());
        for (int bin = 0; bin < bins(); bin++) {
            out.count(rows[0][bin]).count(rows[1][bin]);
            if (rows[0][bin] + rows[1][bin] > 0) {
                out.real(positives[0][bin]).real(positives[1][bin]).real(scores[bin]);
            }
        }
        out.real(selfPairs).real(brier).real(positiveLogLoss).real(negativeLogLoss);
    }

    static ExpectedOutcomes read(StateReader in) {
        ExpectedOutcomes outcomes = new ExpectedOutcomes(in.sizeIn(1, ScoreBins.MOST));
        for (int bin = 0; bin < outcomes.bins(); bin++) {
            outcomes.rows[0][bin] = in.count();
            outcomes.rows[1][bin] = in.count();
            if (outcomes.rows[0][bin] + outcomes.rows[1][bin] > 0) {
                outcomes.positives[0][bin] = in.real();
                outcomes.positives[1][bin] = in.real();
                outcomes.scores[bin] = in.real();
            }
        }
        outcomes.selfPairs = in.real();
        outcomes.brier = in.real();
        outcomes.positiveLogLoss = in.real();
        outcomes.negativeLogLoss = in.real();
        return outcomes;
    }
}
