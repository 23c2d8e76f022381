package io.homeostat.study.sampler;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A density over parameters: one kernel per observation and a wide one, the prior.
 *
 * <p>A kernel is a product over the axes. Numeric: a normal around the observation, truncated to the unit interval, whose
 * σ is the larger gap to the next other observation within [1/min(100, n + 2), 1]; the prior's σ is 1 around ½.
 * Categorical with K choices: the prior's share of each choice, K/(n + 1) times, and 1 more for the observed one,
 * normalised. Where a parameter was not there the kernel is the prior; at a point where it is not there its factor is 1.
 *
 * <p>Made for one suggestion; not to be used by several threads.
 */
final class ParzenEstimator {
    /*
     * logDensity is the hot loop: candidates × kernels × axes. Per kernel it sums up the logarithm of the density, axis by
     * axis in a loop without branches that the compiler turns into vector instructions; what does not depend on the
     * candidate is in the sum from the start. Only kernels above e^-20 of the prior's density there cost an exp.
     */
    private static final double NEGLIGIBLE = -20;
    private static final double TOO_LARGE = 300;
    private static final int AXES_PER_LOGARITHM = 50; // a factor is at most 250, a double at most 10^308

    private final AxisKernels[] axes;
    private final double[] weightUpTo;
    private final double[] constant; // kernel by kernel: the logarithm of what does not depend on the candidate
    private final double[] sums;

    /**
     * @param places axis by axis, observation by observation; NaN where a parameter was not there
     * @param sorted axis by axis: the indexes by place of the observations in which it was; of a categorical axis not looked at
     * @param weights of the observations, the prior's being 1; 0 for one that does not count
     * @param total how many observations these stand for
     */
    ParzenEstimator(List<Axis> axes, double[][] places, int[][] sorted, double[] weights, int total) {
        int n = weights.length;
        double smallest = 1.0 / Math.min(100, total + 2);
        this.axes = new AxisKernels[axes.size()];
        double[] factors = Arrays.copyOf(weights, n + 1);
        factors[n] = 1;
        weightUpTo = factors.clone();
        for (int i = 1; i <= n; i++) {
            weightUpTo[i] += weightUpTo[i - 1];
        }
        sums = new double[n + 1];
        constant = new double[n + 1];
        Arrays.fill(constant, -Math.log(weightUpTo[n]));
        for (int j = 0; j < this.axes.length; j++) {
            Axis axis = axes.get(j);
            this.axes[j] = axis.categorical()
                    ? new ChoiceKernels(axis, j, places[j], total)
                    : numeric(axis, j, new Bandwidths(places[j], sorted[j], weights, smallest));
            this.axes[j].scale(factors);
            if (j % AXES_PER_LOGARITHM == AXES_PER_LOGARITHM - 1 || j == this.axes.length - 1) {
                toConstant(factors);
            }
        }
    }

    private static AxisKernels numeric(Axis axis, int j, Bandwidths bandwidths) {
        return axis.stepped() ? new SteppedKernels(j, bandwidths) : new NormalKernels(j, bandwidths);
    }

    private void toConstant(double[] factors) {
        for (int i = 0; i < factors.length; i++) {
            constant[i] += Math.log(factors[i]);
            factors[i] = 1;
        }
    }

    /** A place on each axis: one kernel, then one draw per axis from it. */
    double[] draw(RandomGenerator random) {
        double u = random.nextDouble() * weightUpTo[weightUpTo.length - 1];
        int kernel = 0;
        while (kernel < weightUpTo.length - 1 && weightUpTo[kernel] <= u) {
            kernel++;
        }
        double[] places = new double[axes.length];
        for (int j = 0; j < places.length; j++) {
            places[j] = axes[j].draw(kernel, random);
        }
        return places;
    }

    /** The logarithm of the density at the candidate; for a stepped parameter of its mean over the value's stretch. */
    double logDensity(Point candidate) {
        System.arraycopy(constant, 0, sums, 0, sums.length);
        for (AxisKernels axis : axes) {
            axis.add(candidate, sums);
        }
        double unit = sums[sums.length - 1];
        double sum = 0;
        for (double log : sums) {
            double above = log - unit;
            if (above > NEGLIGIBLE) {
                if (above > TOO_LARGE) {
                    sum *= Math.exp(unit - log);
                    unit = log;
                    above = 0;
                }
                sum += Math.exp(above);
            }
        }
        return unit + Math.log(sum);
    }
}
