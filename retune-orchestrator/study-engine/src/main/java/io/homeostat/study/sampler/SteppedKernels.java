package io.homeostat.study.sampler;

import java.util.random.RandomGenerator;

/**
 * Kernels of a numeric axis with steps: the density at a value is the mean over its stretch. It is found out once per
 * different kernel, then looked up.
 */
final class SteppedKernels implements AxisKernels {
    private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);
    private static final double SHORT_STRETCH = 0.1;
    private static final double TAIL = 7;

    private final int index;
    private final Bandwidths bandwidths;
    private final double[] means;

    /**
     * @param index the axis's place among those of the estimator
     */
    SteppedKernels(int index, Bandwidths bandwidths) {
        this.index = index;
        this.bandwidths = bandwidths;
        means = new double[bandwidths.count()];
    }

    @Override
    public void add(Point candidate, double[] sums) {
        if (Double.isNaN(candidate.place()[index])) {
            bandwidths.unscale(sums);
            return;
        }
        double from = candidate.from()[index];
        double width = candidate.width()[index];
        for (int k = 0; k < means.length; k++) {
            double p = bandwidths.precision(k);
            means[k] = logMean((from - bandwidths.centre(k)) * p, width * p);
        }
        int[] which = bandwidths.which();
        for (int i = 0; i < sums.length; i++) {
            sums[i] += means[which[i]];
        }
    }

    /**
     * The logarithm of the mean of exp(-z²/2) from {@code start} on. A stretch much shorter than σ is too short for the
     * difference of two integrals; far out the density falls like an exponential from the stretch's nearer end.
     */
    static double logMean(double start, double length) {
        double near = start > 0 ? start : Math.max(0, -start - length);
        if (length < SHORT_STRETCH) {
            double z = start + length / 2;
            return -z * z / 2;
        }
        return near > TAIL
                ? -near * near / 2 - Math.log(near * length)
                : Math.log(Normal.between(start, start + length) / length * ROOT_TWO_PI);
    }

    @Override
    public void scale(double[] factors) {
        bandwidths.scale(factors);
    }

    @Override
    public double draw(int kernel, RandomGenerator random) {
        return bandwidths.draw(kernel, random);
    }
}
