package io.homeostat.rollout.sequential;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The wealth of several bettors who see the same outcomes.
 *
 * <p>Kept as factors of a common scale, so that an outcome costs a multiplication per bettor, and nothing over- or
 * underflows: beyond {@code 1e±100} the largest becomes 1 again and the scale takes the difference. A bettor who falls
 * 1e-200 behind the best is kept there, which is in his favour by less than any digit of the mixture.
 */
public final class Wealths {
    private static final double FAR = 1e100;
    private static final double POOREST = 1e-200;

    private final double logScale;
    private final double[] factors;
    /** Asked for at every look, changed by few observations. */
    private double logMean = Double.NaN;

    private Wealths(double logScale, double[] factors) {
        this.logScale = logScale;
        this.factors = factors;
    }

    /** Everybody has 1. */
    static Wealths even(int bettors) {
        double[] ones = new double[bettors];
        Arrays.fill(ones, 1);
        return new Wealths(0, ones);
    }

    /**
     * A stored state: the logarithm of the scale, then the factors.
     *
     * <p>Errors: {@link IllegalArgumentException} for what no {@link #state} gives.
     */
    public static Wealths of(List<Double> state) {
        double[] factors = new double[Math.max(0, state.size() - 1)];
        boolean sound = factors.length > 0 && Double.isFinite(state.get(0));
        for (int i = 0; i < factors.length; i++) {
            factors[i] = state.get(i + 1);
            sound &= factors[i] > 0 && factors[i] < Double.POSITIVE_INFINITY;
        }
        if (!sound) {
            throw new IllegalArgumentException(
                    "wealths: " + state + " are no scale and positive factors. Begin with a fresh state.");
        }
        return new Wealths(state.get(0), factors);
    }

    /** The state to store: the logarithm of the scale, then the factors. */
    public List<Double> state() {
        List<Double> state = new ArrayList<>(factors.length + 1);
        state.add(logScale);
        for (double factor : factors) {
            state.add(factor);
        }
        return List.copyOf(state);
    }

    int size() {
        return factors.length;
    }

    /** The bettor with stake {@code i} wins {@code 1 + stakes[i] * gain}. */
    Wealths bet(double[] stakes, double gain) {
        double[] next = new double[factors.length];
        for (int i = 0; i < next.length; i++) {
            next[i] = factors[i] * (1 + stakes[i] * gain);
        }
        return scaled(logScale, next);
    }

    Wealths times(double[] won) {
        double[] next = new double[factors.length];
        for (int i = 0; i < next.length; i++) {
            next[i] = factors[i] * won[i];
        }
        return scaled(logScale, next);
    }

    /** What both have won, one after the other. */
    Wealths and(Wealths other) {
        Wealths product = times(other.factors);
        return new Wealths(product.logScale + other.logScale, product.factors);
    }

    private static Wealths scaled(double logScale, double[] factors) {
        double most = 0;
        for (double factor : factors) {
            most = Math.max(most, factor);
        }
        if (most < FAR && most > 1 / FAR) {
            return new Wealths(logScale, floored(factors, most));
        }
        for (int i = 0; i < factors.length; i++) {
            factors[i] /= most;
        }
        return new Wealths(logScale + Math.log(most), floored(factors, 1));
    }

    private static double[] floored(double[] factors, double most) {
        for (int i = 0; i < factors.length; i++) {
            factors[i] = Math.max(factors[i], POOREST * most);
        }
        return factors;
    }

    /** {@code ln(sum(part * wealth))}; the parts sum to one, and are the same at every call. */
    double logMean(double[] parts) {
        double known = logMean;
        if (Double.isNaN(known)) {
            double sum = 0;
            for (int i = 0; i < factors.length; i++) {
                sum += parts[i] * factors[i];
            }
            known = logScale + Math.log(sum);
            logMean = known;
        }
        return known;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Wealths w && w.logScale == logScale && Arrays.equals(w.factors, factors);
    }

    @Override
    public int hashCode() {
        return 31 * Double.hashCode(logScale) + Arrays.hashCode(factors);
    }

    @Override
    public String toString() {
        return state().toString();
    }
}
