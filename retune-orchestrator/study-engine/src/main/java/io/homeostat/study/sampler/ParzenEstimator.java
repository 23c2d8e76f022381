package io.homeostat.study.sampler;

import io.homeostat.study.space.Configuration;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A density over all parameters together: one kernel per observation and a wide one, the prior.
 *
 * <p>A kernel is a product over the parameters. Numeric: a normal around the observation, truncated to the unit
 * interval, whose σ is the larger gap to the next other observation within [1/min(100, n + 2), 1]; the prior's σ is 1 around ½.
 * Categorical: 1/(n + 1) for every choice and 1 more for the observed one, normalised; the prior is even. Where a parameter
 * was not active the kernel is the prior, and at a point where it is not active its factor is 1.
 */
final class ParzenEstimator {
    /*
     * density(x) is the hot loop: candidates × kernels × parameters. It therefore
     *   - multiplies instead of adding logarithms: one exp per kernel. The prior keeps the sum away from 0;
     *   - folds every factor that does not depend on x into the kernel's coefficient;
     *   - gives up on a kernel once it is further than e^-50 away;
     *   - integrates over a stepped parameter's stretch once per different observation, not once per kernel: kernels
     *     around the same value have the same σ.
     */
    private static final int FULL_WEIGHTS = 25;
    private static final double FAR = 100;
    private static final double NOTHING_LEFT = 8;
    private static final double SHORT_STRETCH = 0.1;
    private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);
    private static final int DRAWS = 100;

    private final Dimensions dimensions;
    private final int kernels;
    private final double[] centre; // kernel by kernel
    private final double[] precision; // 1/σ, kernel by kernel
    private final double[] weightUpTo;
    private final double[] coefficient;
    private final int[] group; // kernels with the same centre and σ in a stepped parameter, kernel by kernel
    private final double[][] groupCentre;
    private final double[][] groupPrecision;
    private final double[] even; // by parameter: the share of each choice that does not depend on the observation

    /**
     * @param observations from the oldest to the newest
     */
    ParzenEstimator(Dimensions dimensions, List<Configuration> observations) {
        int n = observations.size();
        int d = dimensions.count();
        this.dimensions = dimensions;
        kernels = n + 1;
        centre = new double[kernels * d];
        precision = new double[kernels * d];
        group = new int[kernels * d];
        groupCentre = new double[d][];
        groupPrecision = new double[d][];
        even = new double[d];
        for (int i = 0; i < n; i++) {
            System.arraycopy(dimensions.places(observations.get(i)), 0, centre, i * d, d);
        }
        coefficient = weights(n);
        weightUpTo = coefficient.clone();
        for (int i = 1; i < kernels; i++) {
            weightUpTo[i] += weightUpTo[i - 1];
        }
        for (int j = 0; j < d; j++) {
            if (dimensions.choices(j) == 0) {
                bandwidths(j);
            } else {
                even[j] = 1.0 / (kernels + dimensions.choices(j));
            }
        }
    }

    /**
     * 1 each for up to 25 observations; of more, the oldest n − 25 rise from 1/n to 1. The prior's weight 1 comes last.
     * They sum to 1.
     */
    static double[] weights(int n) {
        double[] weights = new double[n + 1];
        Arrays.fill(weights, 1);
        int ramp = n - FULL_WEIGHTS;
        for (int i = 0; i < ramp; i++) {
            weights[i] = ramp == 1 ? 1.0 / n : 1.0 / n + (1 - 1.0 / n) * i / (ramp - 1);
        }
        double sum = Arrays.stream(weights).sum();
        for (int i = 0; i <= n; i++) {
            weights[i] /= sum;
        }
        return weights;
    }

    private void bandwidths(int j) {
        int d = dimensions.count();
        int n = kernels - 1;
        centre[n * d + j] = 0.5;
        double[] sorted = different(observed(j));
        groupCentre[j] = Arrays.copyOf(sorted, sorted.length + 1);
        groupPrecision[j] = new double[sorted.length + 1];
        groupCentre[j][sorted.length] = 0.5;
        double smallest = 1.0 / Math.min(100, n + 2);
        for (int i = 0; i < kernels; i++) {
            boolean prior = i == n || Double.isNaN(centre[i * d + j]);
            double mu = prior ? 0.5 : centre[i * d + j];
            int at = Arrays.binarySearch(sorted, mu);
            double sigma = prior ? 1 : Math.min(1, Math.max(smallest, gap(sorted, at)));
            double inside = Normal.between(-mu / sigma, (1 - mu) / sigma);
            centre[i * d + j] = mu;
            precision[i * d + j] = 1 / sigma;
            group[i * d + j] = prior ? sorted.length : at;
            groupPrecision[j][group[i * d + j]] = 1 / sigma;
            coefficient[i] /= sigma * inside * ROOT_TWO_PI;
        }
    }

    private double[] observed(int j) {
        int d = dimensions.count();
        return IntStream.range(0, kernels)
                .mapToDouble(i -> centre[i * d + j])
                .filter(place -> !Double.isNaN(place))
                .toArray();
    }

    private static double[] different(double[] values) {
        Arrays.sort(values);
        int count = 1;
        for (int i = 1; i < values.length; i++) {
            if (values[i] != values[count - 1]) {
                values[count++] = values[i];
            }
        }
        return Arrays.copyOf(values, count);
    }

    /** The larger gap to a neighbour; an outermost one has one neighbour only. */
    private static double gap(double[] sorted, int at) {
        double left = at > 0 ? sorted[at] - sorted[at - 1] : 0;
        double right = at < sorted.length - 1 ? sorted[at + 1] - sorted[at] : 0;
        return Math.max(left, right);
    }

    /** A place in each dimension: one kernel, then one draw per parameter from it. */
    double[] draw(RandomGenerator random) {
        int d = dimensions.count();
        double u = random.nextDouble() * weightUpTo[kernels - 1];
        int kernel = 0;
        while (kernel < kernels - 1 && weightUpTo[kernel] <= u) {
            kernel++;
        }
        double[] places = new double[d];
        for (int j = 0; j < d; j++) {
            int at = kernel * d + j;
            places[j] = dimensions.choices(j) > 0
                    ? drawChoice(kernel, j, random)
                    : drawNormal(centre[at], 1 / precision[at], random);
        }
        return places;
    }

    private double drawChoice(int kernel, int j, RandomGenerator random) {
        double own = kernel < kernels - 1 ? centre[kernel * dimensions.count() + j] : Double.NaN;
        boolean observed = !Double.isNaN(own) && random.nextDouble() < 1 - even[j] * dimensions.choices(j);
        int any = random.nextInt(dimensions.choices(j));
        return observed ? own : any;
    }

    // The centre is inside and σ is at most the range, so at least a third of the draws is.
    private static double drawNormal(double mu, double sigma, RandomGenerator random) {
        for (int i = 0; i < DRAWS; i++) {
            double place = mu + sigma * Normal.draw(random);
            if (place >= 0 && place <= 1) {
                return place;
            }
        }
        return mu;
    }

    /** The density at the point; for a stepped parameter, or one that is not active, its mean over the stretch. */
    double density(Point x) {
        double[][] heights = new double[dimensions.count()][];
        for (int j = 0; j < heights.length; j++) {
            boolean stretch = dimensions.choices(j) == 0 && x.width()[j] > 0;
            heights[j] = stretch ? heights(j, x.from()[j], x.width()[j]) : new double[0];
        }
        double sum = 0;
        for (int i = 0; i < kernels; i++) {
            sum += kernel(i, x, heights);
        }
        return sum;
    }

    /** The mean over the stretch of exp(-z²/2), for each group of kernels. */
    private double[] heights(int j, double from, double width) {
        double[] heights = new double[groupCentre[j].length];
        for (int k = 0; k < heights.length; k++) {
            double steps = width * groupPrecision[j][k];
            double start = (from - groupCentre[j][k]) * groupPrecision[j][k];
            if (start < NOTHING_LEFT && start + steps > -NOTHING_LEFT && steps > 0) {
                heights[k] = height(start, steps);
            }
        }
        return heights;
    }

    // A stretch much shorter than σ is too short for the difference of two integrals.
    private static double height(double start, double steps) {
        double z = start + steps / 2;
        return steps < SHORT_STRETCH
                ? Math.exp(-z * z / 2)
                : Normal.between(start, start + steps) / steps * ROOT_TWO_PI;
    }

    private double kernel(int i, Point x, double[][] heights) {
        int d = heights.length;
        double factor = coefficient[i];
        double squares = 0;
        for (int j = 0; j < d; j++) {
            int at = i * d + j;
            if (dimensions.choices(j) > 0) {
                factor *= choice(i, j, x.place()[j]);
            } else if (heights[j].length > 0) {
                factor *= heights[j][group[at]];
            } else {
                double z = (x.place()[j] - centre[at]) * precision[at];
                squares += z * z;
            }
            if (squares > FAR || factor == 0) {
                return 0;
            }
        }
        return factor * Math.exp(-squares / 2);
    }

    private double choice(int i, int j, double index) {
        if (Double.isNaN(index)) {
            return 1;
        }
        double own = i < kernels - 1 ? centre[i * dimensions.count() + j] : Double.NaN;
        if (Double.isNaN(own)) {
            return 1.0 / dimensions.choices(j);
        }
        boolean observed = own == index;
        return observed ? 1 - even[j] * (dimensions.choices(j) - 1) : even[j];
    }
}
