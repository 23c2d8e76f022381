package io.homeostat.study.sampler;

import java.util.random.RandomGenerator;

/** Kernels of a numeric axis without steps. */
final class NormalKernels implements AxisKernels {
    private final int index;
    private final Bandwidths bandwidths;
    private final double[] centre;
    private final double[] precision; // 1/(σ√2)

    /**
     * @param index the axis's place among those of the estimator
     */
    NormalKernels(int index, Bandwidths bandwidths) {
        this.index = index;
        this.bandwidths = bandwidths;
        int[] which = bandwidths.which();
        centre = new double[which.length];
        precision = new double[which.length];
        for (int i = 0; i < which.length; i++) {
            centre[i] = bandwidths.centre(which[i]);
            precision[i] = bandwidths.precision(which[i]) * Math.sqrt(0.5);
        }
    }

    @Override
    public void add(Point candidate, double[] sums) {
        double x = candidate.place()[index];
        if (Double.isNaN(x)) {
            bandwidths.unscale(sums);
            return;
        }
        for (int i = 0; i < sums.length; i++) {
            double z = (x - centre[i]) * precision[i];
            sums[i] -= z * z;
        }
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
