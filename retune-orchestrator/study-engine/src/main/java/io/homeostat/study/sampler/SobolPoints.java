package io.homeostat.study.sampler;

import io.homeostat.study.trial.Derivation;
import org.apache.commons.math3.random.SobolSequenceGenerator;

/**
 * Sobol's sequence in up to 1,000 dimensions, scrambled: of the first 2^k points each half, quarter, … of each axis has
 * its share, and the seed moves them about within those.
 *
 * <p>References: S. Joe, F. Kuo, Constructing Sobol Sequences with Better Two-Dimensional Projections, SIAM Journal on
 * Scientific Computing 30, 2008 (direction numbers); A. Owen, Randomly Permuted (t,m,s)-Nets and (t,s)-Sequences, 1995; B.
 * Burley, Practical Hash-based Owen Scrambling, Journal of Computer Graphics Techniques 9, 2020.
 */
final class SobolPoints {
    /** As many dimensions as the history's space has axes. */
    static final Derivation<SobolPoints> OF_SPACE = (history, before, known) -> before == null
            ? new SobolPoints(history.derive(Axes.OF_SPACE).axes().size())
            : before;

    private static final int BITS = 31; // an index is an int that is not negative
    private static final double UNIT = 0x1p-32;

    private final int[][] directions; // axis by axis: what each bit of the index contributes

    /**
     * @param dimensions 0 to 1,000
     */
    SobolPoints(int dimensions) {
        directions = new int[dimensions][BITS];
        if (dimensions == 0) {
            return;
        }
        // the generator goes by Gray code, in which 2^(k+1) − 1 is the number with the one bit k
        SobolSequenceGenerator generator = new SobolSequenceGenerator(dimensions);
        for (int k = 0; k < BITS; k++) {
            double[] point = generator.skipTo((int) ((1L << (k + 1)) - 1));
            for (int j = 0; j < dimensions; j++) {
                directions[j][k] = (int) (long) (point[j] / UNIT);
            }
        }
    }

    /**
     * One coordinate of a point, in (0, 1).
     *
     * @param index of the point, at least 0
     * @param dimension from 0
     */
    double at(int index, int dimension, long seed) {
        int digits = 0;
        for (int k = 0; index >>> k != 0; k++) {
            digits ^= (index >>> k & 1) == 0 ? 0 : directions[dimension][k];
        }
        long key = (seed * 31 + dimension) * 0x9E3779B97F4A7C15L;
        int scrambled = scrambled(digits, (int) ((key ^ key >>> 32) * 0xBF58476D1CE4E5B9L >>> 32));
        return ((scrambled & 0xFFFFFFFFL) + 0.5) * UNIT;
    }

    /** Each binary digit flipped or not by a hash of the digits before it. */
    private static int scrambled(int digits, int seed) {
        int x = Integer.reverse(digits);
        x ^= x * 0x3D20ADEA;
        x += seed;
        x *= seed >>> 16 | 1;
        x ^= x * 0x05526C56;
        x ^= x * 0x53A22864;
        return Integer.reverse(x);
    }
}
