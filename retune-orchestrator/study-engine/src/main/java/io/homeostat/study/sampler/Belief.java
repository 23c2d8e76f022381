package io.homeostat.study.sampler;

import io.homeostat.study.space.Configuration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A belief in where good configurations are: around some that someone names, and a little anywhere.
 *
 * <p>A mixture of kernels with a floor: normal ones of deviation {@value #DEVIATION} on the unit interval, and {@value #OTHER} for
 * another choice of a categorical parameter. It fades with the trials: after n of them its logarithm counts
 * {@value #STRENGTH}/n.
 *
 * <p>Reference: C. Hvarfner et al., πBO: Augmenting Acquisition Functions with User Beliefs for Bayesian Optimization, ICLR
 * 2022.
 */
final class Belief {
    private static final double DEVIATION = 0.15;
    private static final double OTHER = 0.2;
    private static final double FLOOR = 0.02;
    private static final double STRENGTH = 10;

    private final UnitCube cube;
    private final List<double[]> centres = new ArrayList<>();

    /**
     * @param good at least one configuration of the cube's space
     */
    Belief(UnitCube cube, List<Configuration> good) {
        this.cube = cube;
        good.forEach(configuration -> centres.add(cube.place(configuration)));
    }

    /** How much it counts after so many trials. */
    static double strength(int trials) {
        return STRENGTH / Math.max(1, trials);
    }

    /**
     * The logarithm of its density, up to a constant.
     *
     * @param times what its gradient is multiplied with before it is added
     * @param gradient to be added to, unless it is null
     */
    double log(double[] place, double times, double @Nullable [] gradient) {
        double sum = FLOOR;
        double[] kernels = new double[centres.size()];
        for (int i = 0; i < kernels.length; i++) {
            kernels[i] = kernel(place, centres.get(i)) / kernels.length;
            sum += kernels[i];
        }
        for (int j = 0; gradient != null && j < place.length; j++) {
            double slope = 0;
            for (int i = 0; i < kernels.length && !cube.categorical(j); i++) {
                slope += kernels[i] * (centres.get(i)[j] - place[j]) / (DEVIATION * DEVIATION);
            }
            gradient[j] += times * slope / sum;
        }
        return Math.log(sum);
    }

    private double kernel(double[] place, double[] centre) {
        double log = 0;
        for (int j = 0; j < place.length; j++) {
            double gap = place[j] - centre[j];
            if (cube.categorical(j)) {
                log += gap == 0 ? 0 : Math.log(OTHER);
            } else {
                log -= gap * gap / (2 * DEVIATION * DEVIATION);
            }
        }
        return Math.exp(log);
    }

    /** A draw from around one of the good. */
    Configuration draw(RandomGenerator random) {
        double[] place = centres.get(random.nextInt(centres.size())).clone();
        for (int j = 0; j < place.length; j++) {
            if (!cube.categorical(j)) {
                place[j] = Math.min(1, Math.max(0, place[j] + DEVIATION * Normal.draw(random)));
            } else if (random.nextDouble() < OTHER) {
                place[j] = random.nextDouble();
            }
        }
        return cube.configuration(place);
    }
}
