package io.homeostat.drift.statistics.joint;

import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Whether a classifier can tell the window's rows from the reference's.
 *
 * <p>Idea: a linear discriminant on the coordinates and their products in pairs, fitted on one half of both samples and
 * judged on the other, and the other way round. If nothing changed, its AUC is .5; products let it see a correlation that
 * changed while every column stayed as it was.
 *
 * <p>Decision: z = (AUC − .5) / SE &gt; 3.09 and AUC − .5 ≥ gate; the standard error is that of Hanley and McNeil at AUC = .5,
 * √((n + m + 1) / 12 n m) of a half. The AUC is the mean of both halves; it is no surer than one of them, as what either
 * half finds by chance is the same: how far the differences of both point the same way.
 *
 * <p>Parameters: gate (of AUC − .5, 0–.5, default .05), fewest rows on either side (at least 20, default 200).
 *
 * <p>References: Lopez-Paz, Oquab: Revisiting classifier two-sample tests, 2017; Hanley, McNeil: The meaning and use of the
 * area under a ROC curve, 1982.
 */
public final class DomainClassifier extends GatedJointTest {
    /** The name in signals. */
    public static final String NAME = "domain-classifier";

    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

    /**
     * A test.
     *
     * @param gate the smallest AUC − .5 that matters
     * @param fewestRows below this many sampled rows there is no verdict, at least 20
     */
    public DomainClassifier(double gate, int fewestRows) {
        super(NAME, gate, fewestRows);
    }

    /** The default: .05 and 200 rows. */
    public DomainClassifier() {
        this(0.05, 200);
    }

    @Override
    Finding compare(double[][] reference, double[][] window) {
        Products products = new Products(reference[0].length);
        double[][] x = products.of(reference);
        double[][] y = products.of(window);
        double auc = 0;
        double error = 0;
        for (int fold = 0; fold < 2; fold++) {
            LinearDiscriminant fitted = LinearDiscriminant.fit(half(x, fold), half(y, fold));
            double[] before = fitted.scores(half(x, 1 - fold));
            double[] now = fitted.scores(half(y, 1 - fold));
            auc += auc(before, now) / 2;
            double n = before.length;
            double m = now.length;
            error += Math.sqrt((n + m + 1) / (12 * n * m)) / 2;
        }
        double z = (auc - 0.5) / error;
        double threshold = NORMAL.inverseCumulativeProbability(1 - alpha());
        String reason = String.format(
                Locale.ROOT, "a classifier tells the window's rows from the reference's with AUC %.3f, z %.1f", auc, z);
        return new Finding(z, threshold, Math.max(0, auc - 0.5), NORMAL.cumulativeProbability(-z), reason);
    }

    /* Every second row; rows are in random order. */
    private static double[][] half(double[][] rows, int fold) {
        double[][] half = new double[(rows.length + 1 - fold) / 2][];
        for (int i = 0; i < half.length; i++) {
            half[i] = rows[2 * i + fold];
        }
        return half;
    }

    /** The share of pairs in which the window's score is the higher one, ties counted half. */
    static double auc(double[] reference, double[] window) {
        double[] sorted = reference.clone();
        Arrays.sort(sorted);
        double higher = 0;
        for (double score : window) {
            higher += (below(sorted, score, false) + below(sorted, score, true)) / 2.0;
        }
        return higher / ((double) reference.length * window.length);
    }

    private static int below(double[] sorted, double value, boolean orEqual) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value || (orEqual && sorted[middle] == value)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
