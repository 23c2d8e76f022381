package io.homeostat.drift.statistics.performance;

import java.util.function.DoublePredicate;
import org.apache.commons.math3.special.Beta;

/**
 * Confidence sequences of means: with probability .95 they hold the true mean at all times at once, so one may look
 * after every row. They need sums only and no order of the rows; so they merge exactly.
 *
 * <p>Idea: a gambler bets against "the mean is μ" with a capital that is a supermartingale if it is. By Ville's
 * inequality it ever reaches 1/α with probability α at most.
 *
 * <p>Decision: the interval is all μ at which the capital is below 1/α, α = .05.
 * <ul>
 *   <li>Shares, losses of 0 and 1: the likelihood ratio of a Beta(½, ½) mixture of rates against the rate μ.
 *   <li>Losses in [0, r], scaled to [0, 1]: the mean over λ and m of exp(λ Σ(x − μ) − ψ(λ) Σ(x − m)²), ψ(λ) =
 *       −ln(1 − λ) − λ, for each side at α/2. It is narrow where losses vary little. Fan's inequality holds for any m
 *       fixed beforehand, so m comes from a grid instead of the running mean, which would need the order of the rows.
 * </ul>
 *
 * <p>Parameters: none. λ = .9 · 2⁻ᵏ, k = 0..12; m = 0, .02, .1, .25, .5, and their mirror
 * images.
 *
 * <p>Example: 100 right of 1000 give .069 to .138; the fixed-time interval ± 1.96 standard errors is .081 to .119.
 *
 * <p>References: Howard, Ramdas, McAuliffe, Sekhon: Time-uniform, nonparametric, nonasymptotic confidence sequences,
 * 2021; Fan, Grama, Liu: Exponential inequalities for martingales with applications, 2015.
 */
final class ConfidenceSequence {
    private static final double ALPHA = 1 - Interval.CONFIDENCE;
    private static final int BETS = 13;
    private static final double[] MIDDLES = {0, 0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98, 1};
    private static final int BISECTIONS = 40;

    private ConfidenceSequence() {}

    /** The interval of a share: so many of n, n above 0. */
    static Interval ofShare(long hits, long n) {
        double share = (double) hits / n;
        double mixture = Beta.logBeta(hits + 0.5, n - hits + 0.5) - Beta.logBeta(0.5, 0.5);
        DoublePredicate refuted =
                rate -> mixture - logTimes(hits, rate) - logTimes(n - hits, 1 - rate) >= -Math.log(ALPHA);
        return between(lowest(share, refuted), 1 - lowest(1 - share, gap -> refuted.test(1 - gap)));
    }

    /** The interval of the mean of n losses in [0, range], n above 0, from their sum and the sum of their squares. */
    static Interval ofMean(long n, double sum, double squares, double range) {
        double scaled = Math.min((double) n, sum / range);
        double scaledSquares = Math.min(scaled, squares / range / range);
        double low = lowest(scaled / n, mean -> refutedBelow(mean, n, scaled, scaledSquares));
        double gapSquares = Math.max(0, n - 2 * scaled + scaledSquares);
        double gap = lowest(1 - scaled / n, mean -> refutedBelow(mean, n, n - scaled, gapSquares));
        return between(low * range, (1 - gap) * range);
    }

    private static boolean refutedBelow(double mean, long n, double sum, double squares) {
        double needed = BETS * MIDDLES.length * 2 / ALPHA;
        double capital = 0;
        double bet = 0.9;
        for (int i = 0; i < BETS; i++, bet /= 2) {
            double cost = -Math.log1p(-bet) - bet;
            for (double middle : MIDDLES) {
                double spread = Math.max(0, squares - 2 * middle * sum + n * middle * middle);
                capital += Math.exp(bet * (sum - n * mean) - cost * spread);
            }
            if (capital >= needed) {
                return true;
            }
        }
        return false;
    }

    /* the least mean in [0, top] that is not refuted; what is refuted lies below it */
    private static double lowest(double top, DoublePredicate refuted) {
        if (!refuted.test(0)) {
            return 0;
        }
        double low = 0;
        double high = top;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            if (refuted.test(middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double logTimes(long times, double probability) {
        return times == 0 ? 0 : times * Math.log(probability);
    }

    private static Interval between(double low, double high) {
        return new Interval(low, Math.max(low, high), Interval.Validity.ANYTIME);
    }
}
