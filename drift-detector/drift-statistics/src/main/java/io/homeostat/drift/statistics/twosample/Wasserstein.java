package io.homeostat.drift.statistics.twosample;

import io.homeostat.drift.statistics.profile.NumericProfile;
import java.util.Arrays;
import java.util.Locale;

/**
 * The Wasserstein distance of order 1 in standard deviations of the reference: how far, on average, a value would have
 * to move.
 *
 * <p>Idea: W = ∫ |F − G| dx / σ, σ of the reference and at least a millionth of its largest magnitude. A shift of .15 σ
 * has W = .15, whatever the shape.
 *
 * <p>Decision: W &gt; the .999 quantile of its distribution without drift, and W ≥ gate. Without drift W / √(1/n + 1/m)
 * tends to ∫ |B(H)| dx / σ, B a Brownian bridge and H both samples together, with mean √(2/π) ∫ √(H(1 − H)) dx / σ and
 * a variance that follows from Cov(|X|, |Y|) = 2/π (√(1 − ρ²) + ρ asin ρ − 1) of normal variables with correlation ρ. A
 * gamma distribution of the same mean and variance takes its place; its tail is heavier than the normal tail of the
 * limit, so that p-values err to the safe side. Sketches that have lost values add their noise to the variance. Measured
 * without drift, sizes 200 to 100,000, six shapes: p &lt; .001 in at most 1.5 of 1,000 comparisons.
 *
 * <p>Parameters: gate (σ, default .1), fewest rows with a value on either side (default 200).
 *
 * <p>Example: 10,000 rows of N(0,1) against 10,000 of N(.5,1): W is about .5.
 *
 * <p>Reference: del Barrio, Giné, Matrán: Central limit theorems for the Wasserstein distance between the empirical and
 * the true distributions, 1999.
 */
public final class Wasserstein extends NumericTest {
    /** The name in signals. */
    public static final String NAME = "wasserstein";

    private static final int BLOCKS = 40;

    /* the shift of a normal distribution that has the Kolmogorov–Smirnov distance .1 */
    private static final double MODERATE = 0.25;

    /**
     * A test.
     *
     * @param gate the smallest W that matters, in σ, above 0
     * @param fewestRows below this many values there is no verdict, at least 1
     */
    public Wasserstein(double gate, long fewestRows) {
        super(NAME, gate, fewestRows);
    }

    /** The default: .1 σ and 200 rows. */
    public Wasserstein() {
        this(0.1, 200);
    }

    @Override
    public double moderateEffect() {
        return Math.max(MODERATE, effectGate());
    }

    @Override
    Difference difference(NumericProfile reference, NumericProfile window) {
        DistributionGap gap = new DistributionGap(reference, window);
        double distance = 0;
        for (int i = 0; i < gap.widths.length; i++) {
            distance += Math.abs(gap.gaps[i]) * gap.widths[i];
        }
        Blocks blocks = Blocks.of(gap);
        double mean = blocks.mean();
        double variance = blocks.variance(gap);
        double threshold = mean > 0 ? Tails.gammaCritical(mean, variance) : 0;
        double pValue = mean > 0 ? Tails.gammaP(distance, mean, variance) : 1;
        String reason = String.format(
                Locale.ROOT,
                "Wasserstein distance %.3f σ, %.3f σ would be significant and %.3f σ matters",
                distance,
                threshold,
                effectGate());
        return new Difference(distance, threshold, distance, pValue, reason);
    }

    /* ∫ |F − G| dx without drift, in a few blocks of neighbouring steps: the standard deviation of each, and its H. */
    private record Blocks(double[] weights, double[] levels) {
        static Blocks of(DistributionGap gap) {
            double[] weights = new double[BLOCKS];
            double[] levels = new double[BLOCKS];
            int steps = gap.widths.length;
            for (int i = 0; i < steps; i++) {
                int block = (int) ((long) i * BLOCKS / steps);
                double weight = Math.sqrt(gap.variance(gap.pooled[i])) * gap.widths[i];
                weights[block] += weight;
                levels[block] += weight * gap.pooled[i];
            }
            for (int i = 0; i < BLOCKS; i++) {
                levels[i] = weights[i] > 0 ? levels[i] / weights[i] : 0;
            }
            return new Blocks(weights, levels);
        }

        double mean() {
            return Math.sqrt(2 / Math.PI) * Arrays.stream(weights).sum();
        }

        double variance(DistributionGap gap) {
            double sum = 0;
            for (int i = 0; i < BLOCKS; i++) {
                for (int j = i; j < BLOCKS && weights[i] > 0; j++) {
                    if (weights[j] > 0) {
                        sum += (i == j ? 1 : 2) * weights[i] * weights[j] * ofAbsolutes(correlation(gap, i, j));
                    }
                }
            }
            return sum;
        }

        private double correlation(DistributionGap gap, int i, int j) {
            double deviations = Math.sqrt(gap.variance(levels[i]) * gap.variance(levels[j]));
            return Math.min(1, gap.covariance(levels[i], levels[j]) / deviations);
        }

        /* Cov(|X|, |Y|) of standard normal variables with correlation ρ */
        private static double ofAbsolutes(double rho) {
            return 2 / Math.PI * (Math.sqrt(1 - rho * rho) + rho * Math.asin(rho) - 1);
        }
    }
}
