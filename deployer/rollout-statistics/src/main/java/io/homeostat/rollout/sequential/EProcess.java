package io.homeostat.rollout.sequential;

/**
 * Evidence against a null hypothesis that may be looked at after every observation.
 *
 * <p>If the null hypothesis is true, the chance that the e-value ever reaches {@code 1/alpha} is at most {@code alpha}.
 * States are immutable; the same observations give the same state.
 */
public interface EProcess {
    /** Natural logarithm of the e-value, finite; 0 before the first observation. */
    double logE();

    /**
     * Whether the null hypothesis is rejected.
     *
     * @param alpha the error budget, inside (0, 1)
     */
    default boolean rejects(double alpha) {
        return logE() >= -Math.log(alpha);
    }
}
