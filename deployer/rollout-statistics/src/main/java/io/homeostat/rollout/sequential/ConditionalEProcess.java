package io.homeostat.rollout.sequential;

import java.util.Arrays;
import java.util.List;

/**
 * Tests whether the candidate fails more often than the champion, valid at every look and while the weight changes.
 *
 * <p>Idea: look only at units that fail. If both arms fail equally often, the failing unit belongs to the candidate
 * with the probability {@code w}, the candidate's share of traffic at that moment, whatever the failure rate itself
 * does. So an outage that hits both arms says nothing, and a ramp needs no correction.
 *
 * <p>Decision: reject "the candidate is no worse" when {@code E >= 1/alpha}, where {@code E} is the even mixture over
 * {@code theta} in {1.2, 1.5, 2, 3, 5, 10} of {@code prod theta^a / (theta w + 1 - w)} with {@code a = 1} for a failure
 * of the candidate and 0 for one of the champion. To allow the candidate {@code theta0} times the champion's rate,
 * {@code w} is replaced by {@code theta0 w / (theta0 w + 1 - w)}.
 *
 * <p>Example: at {@code w = 0.05}, three failures in a row, all the candidate's, give {@code E = 72}: harm at
 * {@code alpha = 0.05}. Nineteen of the champion's and one of the candidate's leave {@code E} below 1.
 *
 * <p>References: A. Wald (1945); P. Grünwald, R. de Heide, W. Koolen, Safe Testing (2024); the two-sample conditional
 * form goes back to D. R. Cox (1972).
 *
 * @param wealths what each theta has won, in their order
 * @param failures failures looked at
 * @param candidateFailures how many of them were the candidate's
 */
public record ConditionalEProcess(Wealths wealths, long failures, long candidateFailures) implements EProcess {
    /** The rate ratios that the mixture bets on. */
    public static final List<Double> THETAS = List.of(1.2, 1.5, 2.0, 3.0, 5.0, 10.0);

    private static final double[] EVEN = new double[THETAS.size()];

    static {
        Arrays.fill(EVEN, 1.0 / THETAS.size());
    }

    public ConditionalEProcess {
        if (wealths.size() != EVEN.length) {
            throw new IllegalArgumentException(
                    "wealths: " + wealths.size() + " where " + EVEN.length + " are kept. Begin with a fresh state.");
        }
    }

    /** Before the first failure: e = 1. */
    public static ConditionalEProcess start() {
        return new ConditionalEProcess(Wealths.even(EVEN.length), 0, 0);
    }

    /**
     * One failing unit.
     *
     * @param candidate whether the candidate was the one that failed
     * @param weight probability, decided before the failure, that this unit was the candidate's; at 0 and at 1 a
     *     failure carries no information and changes nothing
     * @param allowedRatio theta0, how many times the champion's rate the candidate may fail; at least 1
     */
    public ConditionalEProcess failure(boolean candidate, double weight, double allowedRatio) {
        if (!(weight >= 0 && weight <= 1)) {
            throw new IllegalArgumentException("weight: " + weight + " is not within 0 and 1. Give a share.");
        }
        if (!(allowedRatio >= 1)) {
            throw new IllegalArgumentException("allowedRatio: " + allowedRatio + " is below 1, which means no worse.");
        }
        if (weight == 0 || weight == 1) {
            return this;
        }
        double share = allowedRatio * weight / (allowedRatio * weight + 1 - weight);
        double[] won = new double[EVEN.length];
        for (int i = 0; i < won.length; i++) {
            double theta = THETAS.get(i);
            won[i] = (candidate ? theta : 1) / (theta * share + 1 - share);
        }
        return new ConditionalEProcess(wealths.times(won), failures + 1, candidateFailures + (candidate ? 1 : 0));
    }

    @Override
    public double logE() {
        return wealths.logMean(EVEN);
    }
}
