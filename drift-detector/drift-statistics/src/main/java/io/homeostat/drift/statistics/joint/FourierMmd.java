package io.homeostat.drift.statistics.joint;

import java.util.Locale;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.special.Gamma;

/**
 * The maximum mean discrepancy of two samples of rows, by random Fourier features.
 *
 * <p>Idea: the Gaussian kernel is about the inner product of D random cosines and sines, so that MMD² is the squared distance
 * of two mean vectors: every row counts against every other, and the vectors merge. The bandwidth is the median distance
 * of the reference's rows; the frequencies are seeded.
 *
 * <p>Decision: Q = |φ̄(x) − φ̄(y)|² / (1/n + 1/m) above its .999 quantile, and √max(0, MMD²) ≥ gate, MMD² without its bias. Without
 * drift Q tends to Σ λ Z², λ the eigenvalues of the features' covariance. A χ² distribution with the same mean, variance and
 * skewness takes its place, from Σ λ, Σ λ², Σ λ³ of the reference.
 *
 * <p>Parameters: gate (0–1, default .05), fewest rows on either side (at least 20, default 200), D = 64.
 *
 * <p>References: Rahimi, Recht: Random features for large-scale kernel machines, 2007; Imhof: Computing the distribution
 * of quadratic forms in normal variables, 1961, section 4.
 */
public final class FourierMmd extends GatedJointTest {
    /** The name in signals. */
    public static final String NAME = "fourier-mmd";

    private static final int FREQUENCIES = 64;
    private static final long SEED = 20_070_501;

    /**
     * A test.
     *
     * @param gate the smallest MMD that matters, 0 to 1
     * @param fewestRows below this many sampled rows there is no verdict, at least 20
     */
    public FourierMmd(double gate, int fewestRows) {
        super(NAME, gate, fewestRows);
    }

    /** The default: .05 and 200 rows. */
    public FourierMmd() {
        this(0.05, 200);
    }

    @Override
    Finding compare(double[][] reference, double[][] window) {
        double bandwidth = Kernel.ofMedianDistance(reference).bandwidth();
        FourierFeatures features = new FourierFeatures(FREQUENCIES, reference[0].length, bandwidth, SEED);
        Spectrum spectrum = new Spectrum(2 * FREQUENCIES);
        Embedding before = new Embedding(2 * FREQUENCIES);
        for (double[] row : reference) {
            double[] point = features.of(row);
            before.add(point);
            spectrum.add(point);
        }
        Embedding now = new Embedding(2 * FREQUENCIES);
        for (double[] row : window) {
            now.add(features.of(row));
        }
        return finding(before, now, spectrum.powers(before));
    }

    private static Finding finding(Embedding before, Embedding now, double[] powers) {
        double scale = 1.0 / before.count() + 1.0 / now.count();
        double squared = before.squaredDistance(now);
        double effect = Math.sqrt(Math.max(0, squared - scale * powers[0]));
        double statistic = squared / scale;
        // (Q − Σλ) / √(2 Σλ²) is about (χ²_d − d) / √(2d)
        double freedom = Math.pow(powers[1], 3) / (powers[2] * powers[2]);
        double stretch = Math.sqrt(powers[1] / freedom);
        double chiSquare = freedom + (statistic - powers[0]) / stretch;
        double pValue = chiSquare <= 0 ? 1 : Gamma.regularizedGammaQ(freedom / 2, chiSquare / 2);
        double critical = new GammaDistribution(null, freedom / 2, 2).inverseCumulativeProbability(1 - alpha());
        double threshold = powers[0] + stretch * (critical - freedom);
        String reason = String.format(
                Locale.ROOT, "MMD %.3f, statistic %.2f where %.2f is significant", effect, statistic, threshold);
        return new Finding(statistic, threshold, effect, pValue, reason);
    }
}
