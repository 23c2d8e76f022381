package io.homeostat.study.sampler;

import java.util.random.RandomGenerator;

/** The kernels of a {@link ParzenEstimator} as seen on one axis: one per observation, and then the prior. */
interface AxisKernels {

    /** Adds to each kernel's sum the logarithm of its density at the candidate, save for what {@link #scale} has. */
    void add(Point candidate, double[] sums);

    /** Multiplies each kernel's factor by the part of its density that does not depend on the candidate. */
    void scale(double[] factors);

    /** A place drawn from a kernel. */
    double draw(int kernel, RandomGenerator random);
}
