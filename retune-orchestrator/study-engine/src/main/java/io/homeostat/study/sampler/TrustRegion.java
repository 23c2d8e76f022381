package io.homeostat.study.sampler;

import java.util.Arrays;

/**
 * The box around the best trial in which the local strategy of {@link AutoSampler} searches: wider after a success, narrower
 * after a failure, and wider along coordinates in which the objective changes slowly. Once it is tiny it is exhausted until
 * there is another best trial to begin anew from.
 *
 * <p>Reference: D. Eriksson et al., Scalable Global Optimization via Local Bayesian Optimization, NeurIPS 2019.
 */
@SuppressWarnings("ArrayRecordComponent") // lives within one suggestion and is never compared
record TrustRegion(double[] lower, double[] upper) {
    private static final double FIRST = 0.4;
    private static final double WIDEST = 0.8;
    private static final double NARROWEST = 0.02;
    private static final double GROWTH = 1.6;
    private static final double SHRINKING = 0.8;
    private static final double MOST_STRETCH = 4;

    /** The box around a place, given the length scales of the coordinates. */
    static TrustRegion around(double[] centre, double[] lengths, double width) {
        double mean = Arrays.stream(lengths).map(Math::log).average().orElse(0);
        double[] lower = new double[centre.length];
        double[] upper = new double[centre.length];
        for (int j = 0; j < lower.length; j++) {
            double stretch = Math.exp(Math.log(lengths[j]) - mean);
            double half = width / 2 * Math.min(MOST_STRETCH, Math.max(1 / MOST_STRETCH, stretch));
            lower[j] = Math.max(0, centre[j] - half);
            upper[j] = Math.min(1, centre[j] + half);
        }
        return new TrustRegion(lower, upper);
    }

    /** The whole cube. */
    static TrustRegion none(int d) {
        double[] upper = new double[d];
        Arrays.fill(upper, 1);
        return new TrustRegion(new double[d], upper);
    }

    /** The width of a new one. */
    static double firstWidth() {
        return FIRST;
    }

    /** The width after one more trial inside. */
    static double width(double before, boolean success) {
        return Math.min(WIDEST, before * (success ? GROWTH : SHRINKING));
    }

    /** Whether nothing more is to be expected inside a region of this width. */
    static boolean exhausted(double width) {
        return width < NARROWEST;
    }
}
