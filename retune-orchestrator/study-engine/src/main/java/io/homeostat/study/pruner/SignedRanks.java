package io.homeostat.study.pruner;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Wilcoxon's signed-rank test of paired differences, one-sided: how likely ranks as much on the side of the positive
 * differences are if both sides are alike. Zeros are left out; equal sizes share their mean rank.
 *
 * <p>Exact up to {@value #EXACT} differences, by counting in O(n³); beyond that by the normal approximation.
 */
final class SignedRanks {
    private static final int EXACT = 50;

    private SignedRanks() {}

    /** The probability; 1 if there is no difference. */
    static double probability(double[] differences) {
        double[] nonZero = Arrays.stream(differences).filter(d -> d != 0).toArray();
        int[] doubled = doubledRanks(nonZero);
        int observed = 0;
        for (int i = 0; i < nonZero.length; i++) {
            observed += nonZero[i] > 0 ? doubled[i] : 0;
        }
        return nonZero.length <= EXACT ? exact(doubled, observed) : approximate(doubled, observed);
    }

    /** Twice the ranks, which are then whole even where they are shared. */
    private static int[] doubledRanks(double[] differences) {
        int[] ranks = new int[differences.length];
        for (int i = 0; i < ranks.length; i++) {
            int smaller = 0;
            int equal = 0;
            for (double other : differences) {
                smaller += Math.abs(other) < Math.abs(differences[i]) ? 1 : 0;
                equal += Math.abs(other) == Math.abs(differences[i]) ? 1 : 0;
            }
            ranks[i] = 2 * smaller + equal + 1;
        }
        return ranks;
    }

    private static double exact(int[] doubled, int observed) {
        double[] share = new double[Arrays.stream(doubled).sum() + 1];
        share[0] = 1;
        for (int rank : doubled) {
            for (int sum = share.length - 1; sum >= 0; sum--) {
                share[sum] = (share[sum] + (sum >= rank ? share[sum - rank] : 0)) / 2;
            }
        }
        return Arrays.stream(share, observed, share.length).sum();
    }

    private static double approximate(int[] doubled, int observed) {
        double mean = Arrays.stream(doubled).sum() / 2.0;
        double variance =
                Arrays.stream(doubled).mapToDouble(rank -> (double) rank * rank).sum() / 4;
        // half a rank for continuity; ranks are doubled
        double z = (observed - 1 - mean) / Math.sqrt(variance);
        return 1 - new NormalDistribution().cumulativeProbability(z);
    }
}
