package io.homeostat.study.sampler;

import java.util.random.RandomGenerator;

/** Kernels of a categorical axis with K choices: K/(n + 1) times the prior and 1 of the observed choice, normalised. */
final class ChoiceKernels implements AxisKernels {
    private static final int NONE = -1;

    private final Axis axis;
    private final int index;
    private final int[] observed;
    private final double prior; // the prior's share of a kernel

    /**
     * @param index the axis's place among those of the estimator
     * @param places the observed choices; NaN where it was not there
     * @param total how many observations these stand for
     */
    ChoiceKernels(Axis axis, int index, double[] places, int total) {
        this.axis = axis;
        this.index = index;
        observed = new int[places.length];
        for (int i = 0; i < observed.length; i++) {
            observed[i] = Double.isNaN(places[i]) ? NONE : (int) places[i];
        }
        double even = axis.choices() / (total + 1.0);
        prior = even / (1 + even);
    }

    @Override
    public void add(Point candidate, double[] sums) {
        if (Double.isNaN(candidate.place()[index])) {
            return;
        }
        int choice = (int) candidate.place()[index];
        double share = axis.share(choice);
        double hit = Math.log(1 - prior + prior * share);
        double miss = Math.log(prior * share);
        double any = Math.log(share);
        for (int i = 0; i < observed.length; i++) {
            sums[i] += observed[i] == choice ? hit : observed[i] == NONE ? any : miss;
        }
        sums[observed.length] += any;
    }

    @Override
    public void scale(double[] factors) {
        // all of it depends on the candidate
    }

    @Override
    public double draw(int kernel, RandomGenerator random) {
        boolean own = kernel < observed.length && observed[kernel] != NONE && random.nextDouble() < 1 - prior;
        double left = random.nextDouble();
        int choice = 0;
        while (choice < axis.choices() - 1 && left >= axis.share(choice)) {
            left -= axis.share(choice++);
        }
        return own ? observed[kernel] : choice;
    }
}
