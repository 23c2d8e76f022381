package io.homeostat.study.sampler;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The normal kernels of one axis, truncated to the unit interval. Kernels around the same place are alike: σ is the larger
 * gap to the next other place on either side, within bounds. The prior has σ = 1 around ½; so has the kernel of an
 * observation in which the parameter was not there.
 */
final class Bandwidths {
    private static final int PRIOR = 0;
    private static final int DRAWS = 100;
    private static final double HEIGHT = 1 / Math.sqrt(2 * Math.PI);

    private final int[] which; // of the different kernels, by observation, then the prior
    private final double[] centre; // by different kernel
    private final double[] precision;
    private final double[] height;
    private final double smallest;
    private final double most; // 1/smallest
    private int count;

    /**
     * @param places of the observations
     * @param sorted by place, the indexes of those in which the parameter was there
     * @param weights of the observations; one with 0 does not count
     * @param smallest the smallest σ
     */
    Bandwidths(double[] places, int[] sorted, double[] weights, double smallest) {
        which = new int[places.length + 1];
        Arrays.fill(which, PRIOR);
        this.smallest = smallest;
        most = 1 / smallest;
        centre = new double[sorted.length + 1];
        precision = new double[sorted.length + 1];
        height = new double[sorted.length + 1];
        add(0.5, 1);
        double place = Double.NaN; // of the kernel that is not added yet, as the gap on its right is not known
        double left = 0;
        for (int i : sorted) {
            if (weights[i] > 0) {
                double next = places[i];
                double gap = next - place;
                if (gap > 0) {
                    add(place, Math.min(1, Math.max(smallest, Math.max(left, gap))));
                    left = gap;
                }
                place = next;
                which[i] = count;
            }
        }
        if (!Double.isNaN(place)) {
            add(place, Math.min(1, Math.max(smallest, left)));
        }
    }

    private void add(double place, double sigma) {
        double p = sigma == smallest ? most : 1 / sigma;
        double edge = Normal.EDGE * sigma;
        centre[count] = place;
        precision[count] = p;
        height[count] = p * HEIGHT;
        if (place < edge || place > 1 - edge) {
            height[count] /= Normal.between(-place * p, (1 - place) * p);
        }
        count++;
    }

    /** How many different kernels there are. */
    int count() {
        return count;
    }

    /** Which of the different ones, by observation, then the prior; of an observation that does not count any. */
    int[] which() {
        return which;
    }

    double centre(int k) {
        return centre[k];
    }

    /** 1/σ. */
    double precision(int k) {
        return precision[k];
    }

    /** Multiplies each kernel's factor by the density at its centre. */
    void scale(double[] factors) {
        for (int i = 0; i < factors.length; i++) {
            factors[i] *= height[which[i]];
        }
    }

    /** Takes out of each kernel's logarithm what {@link #scale} has put in: for a point where the parameter is not there. */
    void unscale(double[] sums) {
        double[] logarithms = new double[count];
        Arrays.setAll(logarithms, k -> -Math.log(height[k]));
        for (int i = 0; i < sums.length; i++) {
            sums[i] += logarithms[which[i]];
        }
    }

    /** A draw from a kernel. The centre is inside and σ is at most the range, so at least a third of the draws is. */
    double draw(int kernel, RandomGenerator random) {
        int k = which[kernel];
        double sigma = 1 / precision[k];
        for (int i = 0; i < DRAWS; i++) {
            double place = centre[k] + sigma * Normal.draw(random);
            if (place >= 0 && place <= 1) {
                return place;
            }
        }
        return centre[k];
    }
}
