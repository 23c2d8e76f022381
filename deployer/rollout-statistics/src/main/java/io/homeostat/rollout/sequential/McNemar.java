package io.homeostat.rollout.sequential;

import org.apache.commons.math3.special.Beta;

/**
 * McNemar's test of two classifiers on the same rows, as an e-process that may be looked at after every row.
 *
 * <p>Idea: only rows on which exactly one of the two is right say anything. If neither is better, each is right on half of
 * them; the e-value is the likelihood of what was seen, averaged over all chances above one half, against one half.
 *
 * <p>Inequality: with {@code a} rows for one and {@code b} for the other, reject "right on at most half of them" at {@code
 * E >= 1/alpha}, {@code E = 2^(a+b) · 2 · integral from 1/2 to 1 of q^a (1-q)^b dq = 2^(a+b+1) B(a+1, b+1) (1 -
 * I_{1/2}(a+1, b+1))}.
 *
 * <p>Example: 9 rows for the candidate and 1 for the champion give 18.5; 10 and 1 give 31: better at {@code alpha = .05}.
 *
 * <p>References: Q. McNemar (1947); P. Grünwald, R. de Heide, W. Koolen, Safe testing (2024).
 *
 * @param right rows on which only the one that is to be shown better is right
 * @param wrong rows on which only the other is
 */
public record McNemar(long right, long wrong) implements EProcess {
    public McNemar {
        if (right < 0 || wrong < 0) {
            throw new IllegalArgumentException("rows: " + right + " and " + wrong + " cannot be counts. Begin at 0.");
        }
    }

    /** Before the first row. */
    public static McNemar start() {
        return new McNemar(0, 0);
    }

    /**
     * One row.
     *
     * @param difference 1 where only the one is right, -1 where only the other is, 0 where both are or none
     */
    public McNemar observe(double difference) {
        if (difference != 0 && Math.abs(difference) != 1) {
            throw new IllegalArgumentException(
                    "difference: " + difference + " is not -1, 0 or 1. For losses between them use PairedBetting.");
        }
        return new McNemar(right + (difference > 0 ? 1 : 0), wrong + (difference < 0 ? 1 : 0));
    }

    @Override
    public double logE() {
        return wrong >= right
                ? Math.log(tail() / (2 * (wrong + 1.0)))
                : (right + wrong + 1) * Math.log(2)
                        + Beta.logBeta(right + 1.0, wrong + 1.0)
                        + Math.log1p(-Beta.regularizedBeta(.5, right + 1.0, wrong + 1.0));
    }

    /* The integral where it is small, as a series whose terms fall: the digits that a difference from 1 would lose. */
    private double tail() {
        double sum = 0;
        double term = 1;
        for (int k = 0; term > 1e-17 * sum; k++) {
            sum += term;
            term *= (right + wrong + 2.0 + k) / (2 * (wrong + 2.0 + k));
        }
        return sum;
    }
}
