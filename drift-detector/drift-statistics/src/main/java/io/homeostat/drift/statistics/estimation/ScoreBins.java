package io.homeostat.drift.statistics.estimation;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.Arrays;

/** At most {@value #MOST} bins of the score, cut at quantiles of the reference, and its rows in each. */
final class ScoreBins {
    static final int MOST = 500;

    /** Upper ends of all bins but the last, each belonging to its bin. */
    private final double[] edges;

    private final long[] rows;

    private ScoreBins(double[] edges, long[] rows) {
        this.edges = edges;
        this.rows = rows;
    }

    static ScoreBins cut(double[] scores) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        double[] edges = new double[MOST - 1];
        int used = 0;
        for (int i = 1; i < MOST; i++) {
            double edge = sorted[(int) ((long) i * (sorted.length - 1) / MOST)];
            if (used == 0 || edge > edges[used - 1]) {
                edges[used++] = edge;
            }
        }
        ScoreBins bins = new ScoreBins(Arrays.copyOf(edges, used), new long[used + 1]);
        for (double score : sorted) {
            bins.rows[bins.of(score)]++;
        }
        return bins;
    }

    int size() {
        return rows.length;
    }

    int of(double score) {
        int found = Arrays.binarySearch(edges, score);
        return found >= 0 ? found : -found - 1;
    }

    /** The variance of the reference's rate of positives in a bin where the probability is thought to be p. */
    double variance(int bin, double p) {
        double pulled = (p * rows[bin] + 0.5) / (rows[bin] + 1);
        return pulled * (1 - pulled) / Math.max(1, rows[bin]);
    }

    void write(StateWriter out) {
        out.reals(edges).counts(rows);
    }

    static ScoreBins read(StateReader in) {
        return new ScoreBins(in.reals(), in.counts());
    }
}
