package io.homeostat.rollout.sequential;

/**
 * The mixture sequential probability ratio test of two separate arms: what A/B platforms call always-valid p-values.
 *
 * <p>Idea: the difference of two means is nearly normal; its likelihood ratio against "no difference", mixed over a
 * normal prior for the difference, is an e-process in the limit.
 *
 * <p>Inequality: reject at {@code L >= 1/alpha}, {@code L = sqrt(V/(V+tau)) exp(tau D^2 / (2 V (V+tau)))}, {@code D} the
 * difference of the means and {@code V = s1^2/n1 + s0^2/n0}. The confidence sequence is all {@code d} with {@code L(D - d)
 * < 1/alpha}.
 *
 * <p>Parameters: {@code tau}, the variance of the prior; its root is the size of the differences that are looked for,
 * default .02 squared. Before {@value AsymptoticSequence#BURN_IN} values in the smaller arm it says nothing.
 *
 * <p>Example: 2,000 values in each arm, means .90 and .87, variances .09 and .113, give {@code L = 15}, hence p = .065.
 *
 * <p>Reference: R. Johari, P. Koomen, L. Pekelis, D. Walsh, Always valid inference (2022).
 *
 * @param tau variance of the prior, above 0
 * @param stable values of the champion
 * @param candidate values of the candidate
 */
public record MixtureSprt(double tau, Moments stable, Moments candidate) implements EProcess {
    /** Looks for differences of about two points. */
    public static final double DEFAULT_TAU = .02 * .02;

    public MixtureSprt {
        if (!(tau > 0 && tau < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("tau: " + tau + " is no variance above 0. Square the usual difference.");
        }
    }

    /** Before the first value. */
    public static MixtureSprt start(double tau) {
        return new MixtureSprt(tau, Moments.none(), Moments.none());
    }

    /** One value of an arm. */
    public MixtureSprt observe(boolean ofCandidate, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("value: " + value + " is no number. Leave such values out.");
        }
        return ofCandidate
                ? new MixtureSprt(tau, stable, candidate.observe(value))
                : new MixtureSprt(tau, stable.observe(value), candidate);
    }

    /** The candidate's mean less the champion's. */
    public double difference() {
        return candidate.mean() - stable.mean();
    }

    @Override
    public double logE() {
        double v = variance();
        if (!(v > 0)) {
            return 0;
        }
        double d = difference();
        return .5 * Math.log(v / (v + tau)) + tau * d * d / (2 * v * (v + tau));
    }

    /** The always-valid p-value of this look, at most 1; the smallest so far is valid as well. */
    public double pValue() {
        return Math.min(1, Math.exp(-logE()));
    }

    /** The differences that are still credible; everything before the burn-in. */
    public Interval interval(double alpha) {
        Bounds.alpha(alpha);
        double v = variance();
        if (!(v > 0)) {
            return new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
        double halfWidth = Math.sqrt(2 * v * (v + tau) / tau * (.5 * Math.log((v + tau) / v) - Math.log(alpha)));
        return new Interval(difference() - halfWidth, difference() + halfWidth);
    }

    /* Of the difference; 0 before the burn-in. */
    private double variance() {
        return Math.min(stable.count(), candidate.count()) < AsymptoticSequence.BURN_IN
                ? 0
                : stable.variance() / stable.count() + candidate.variance() / candidate.count();
    }
}
