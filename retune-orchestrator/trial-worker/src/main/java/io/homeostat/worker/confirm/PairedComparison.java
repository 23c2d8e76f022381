package io.homeostat.worker.confirm;

import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * A candidate's losses beside the champion's on the same rows.
 *
 * <p>Losses of 0 and 1: the exact one-sided McNemar test, P(B ≥ b) with B ~ Binomial(b + c, ½), where the candidate
 * alone is right on b rows and the champion alone on c. Other losses: the one-sided paired t-test on their differences.
 *
 * <p>Example: 20 rows only the candidate has right, 8 only the champion: p = .018.
 *
 * <p>Reference: Q. McNemar, Note on the sampling error of the difference between correlated proportions, 1947.
 *
 * @param candidateBetter rows on which the candidate's loss is smaller
 * @param championBetter rows on which the champion's is
 * @param pValue chance of a difference like this if the candidate were no better
 */
record PairedComparison(int candidateBetter, int championBetter, double pValue) {
    static PairedComparison of(double[] candidate, double[] champion) {
        int candidateBetter = 0;
        int championBetter = 0;
        boolean hitsAndMisses = true;
        for (int i = 0; i < candidate.length; i++) {
            candidateBetter += candidate[i] < champion[i] ? 1 : 0;
            championBetter += champion[i] < candidate[i] ? 1 : 0;
            hitsAndMisses &= isHitOrMiss(candidate[i]) && isHitOrMiss(champion[i]);
        }
        double p = hitsAndMisses ? mcNemar(candidateBetter, championBetter) : paired(candidate, champion);
        return new PairedComparison(candidateBetter, championBetter, p);
    }

    /** The p-value where the candidate is the best of several: Bonferroni's bound. */
    PairedComparison bestOf(int candidates) {
        return new PairedComparison(candidateBetter, championBetter, Math.min(1, pValue * candidates));
    }

    private static boolean isHitOrMiss(double loss) {
        return loss == 0 || loss == 1;
    }

    private static double mcNemar(int better, int worse) {
        if (better == 0) {
            return 1;
        }
        return 1 - new BinomialDistribution(null, better + worse, .5).cumulativeProbability(better - 1);
    }

    private static double paired(double[] candidate, double[] champion) {
        int n = candidate.length;
        double mean = 0;
        for (int i = 0; i < n; i++) {
            mean += (champion[i] - candidate[i]) / n;
        }
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double deviation = champion[i] - candidate[i] - mean;
            squares += deviation * deviation;
        }
        if (n < 2 || squares == 0) {
            return n >= 2 && mean > 0 ? 0 : 1;
        }
        double t = mean / Math.sqrt(squares / (n - 1) / n);
        return 1 - new TDistribution(null, n - 1).cumulativeProbability(t);
    }
}
