package io.homeostat.drift.statistics.joint;

import java.util.Locale;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * The maximum mean discrepancy of two samples of rows, in linear time.
 *
 * <p>Idea: with a kernel k, MMD² = E k(x, x') + E k(y, y') − 2 E k(x, y) is 0 only if both distributions are equal. It is the
 * mean of h = k(x₁, x₂) + k(y₁, y₂) − k(x₁, y₂) − k(x₂, y₁) over disjoint pairs of rows, which are independent; so (count, Σh, Σh²)
 * is all there is to keep, and the mean over its standard error is normal. k is Gaussian, its bandwidth the median
 * distance of the reference's rows.
 *
 * <p>Decision: z &gt; 3.09 and √max(0, MMD²) ≥ gate.
 *
 * <p>Parameters: gate (0–1, default .05), fewest rows on either side (at least 20, default 200). Weaker than {@link
 * FourierMmd}, as it uses each row once: for long samples.
 *
 * <p>Reference: Gretton et al.: A kernel two-sample test, 2012, section 6.
 */
public final class LinearTimeMmd extends GatedJointTest {
    /** The name in signals. */
    public static final String NAME = "linear-mmd";

    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

    /**
     * A test.
     *
     * @param gate the smallest MMD that matters, 0 to 1
     * @param fewestRows below this many sampled rows there is no verdict, at least 20
     */
    public LinearTimeMmd(double gate, int fewestRows) {
        super(NAME, gate, fewestRows);
    }

    /** The default: .05 and 200 rows. */
    public LinearTimeMmd() {
        this(0.05, 200);
    }

    @Override
    Finding compare(double[][] reference, double[][] window) {
        PairMoments pairs = pairs(Kernel.ofMedianDistance(reference), reference, window);
        double error = pairs.standardError();
        double z = error > 0 ? pairs.mean() / error : 0;
        double effect = Math.sqrt(Math.max(0, pairs.mean()));
        String reason = String.format(Locale.ROOT, "MMD %.3f of %d pairs of rows, z %.1f", effect, pairs.count(), z);
        double threshold = NORMAL.inverseCumulativeProbability(1 - alpha());
        return new Finding(z, threshold, effect, NORMAL.cumulativeProbability(-z), reason);
    }

    private static PairMoments pairs(Kernel kernel, double[][] x, double[][] y) {
        PairMoments pairs = PairMoments.NONE;
        int most = Math.min(x.length, y.length) - 1;
        for (int i = 0; i < most; i += 2) {
            double within = kernel.of(x[i], x[i + 1]) + kernel.of(y[i], y[i + 1]);
            double across = kernel.of(x[i], y[i + 1]) + kernel.of(x[i + 1], y[i]);
            pairs = pairs.with(within - across);
        }
        return pairs;
    }
}
