package io.homeostat.drift.statistics.sequential;

import io.homeostat.drift.statistics.state.StateFields;
import java.util.Arrays;

/** The bets on a rising mean loss against one reference rate; {@link EDetector} tells what they are and why. */
final class Stakes {
    private static final double[] EFFECTS = {0.05, 0.1, 0.2, 0.4, 0.8};
    private static final double[] WEIGHTS = {1 / 9.0, 2 / 9.0, 3 / 9.0, 2 / 9.0, 1 / 9.0};
    private static final int BETS = EFFECTS.length;
    private static final double LEAST_BASELINE = 1e-6;
    private static final double MOST_BASELINE = 0.999;
    // half of what a stake must win by the default threshold, in nats
    private static final double HALF_WIN = 0.5 * Math.log(EDetector.DEFAULT_THRESHOLD);

    // e = atZero + bet · loss
    private final double[] bets = new double[BETS];
    private final double[] atZero = new double[BETS];
    private final double baseline;

    private final double[] roberts = new double[BETS];
    private final double[] best = new double[BETS];
    private final long[] restarts = new long[BETS];
    private final long[] readAtRestart = new long[BETS];
    private final double[] totalAtRestart = new double[BETS];
    private long read;
    private double total; // of the losses since the last detection

    Stakes(double reference, long labels) {
        // pulled off 0 and 1, where a rate's standard error would vanish
        double pulled = (reference * labels + 0.5) / (labels + 1.0);
        double lowest = 1;
        for (int i = 0; i < BETS; i++) {
            double z = HALF_WIN / (EFFECTS[i] * Math.sqrt(labels));
            double against = Math.min(MOST_BASELINE, Math.max(LEAST_BASELINE, upperBound(pulled, labels, z)));
            bets[i] = Math.min(EFFECTS[i] / Math.sqrt(against * (1 - against)), 0.9 / against);
            atZero[i] = 1 - bets[i] * against;
            best[i] = 1;
            lowest = Math.min(lowest, against);
        }
        baseline = lowest;
    }

    /* Wilson's: the rate that is so many of its own standard errors above the one that was seen. */
    private static double upperBound(double rate, double labels, double z) {
        double share = z * z / labels;
        double error = Math.sqrt(rate * (1 - rate) / labels + share / (4 * labels));
        return (rate + share / 2 + z * error) / (1 + share);
    }

    /** The lowest of the mean losses that are bet against. */
    double baseline() {
        return baseline;
    }

    /**
     * Stakes one unit, bets on a loss, and gives the weighted mean of R.
     *
     * @param at the number of the loss, counted from 1
     */
    double bet(double loss, long at) {
        read++;
        total += loss;
        double sum = 0;
        for (int i = 0; i < BETS; i++) {
            double e = atZero[i] + bets[i] * loss;
            double stake = (roberts[i] + 1) * e;
            roberts[i] = stake;
            sum += WEIGHTS[i] * stake;
            double streak = best[i] * e;
            if (streak > 1) {
                best[i] = streak;
            } else {
                restart(i, at);
            }
        }
        return sum;
    }

    private void restart(int bet, long at) {
        best[bet] = 1;
        restarts[bet] = at;
        readAtRestart[bet] = read;
        totalAtRestart[bet] = total;
    }

    /** The best stake since a restart, of all bets. */
    double best() {
        return best[leader()];
    }

    /** The last restart of the leading bet: the number of the last loss before the estimated change. */
    long since() {
        return restarts[leader()];
    }

    /** The mean loss since the leading bet's last restart; the given one if there was none. */
    double mean(double otherwise) {
        int leader = leader();
        long losses = read - readAtRestart[leader];
        return losses == 0 ? otherwise : (total - totalAtRestart[leader]) / losses;
    }

    private int leader() {
        int leader = 0;
        for (int i = 1; i < BETS; i++) {
            leader = best[i] > best[leader] ? i : leader;
        }
        return leader;
    }

    /** Begins anew after a loss. */
    void clear(long at) {
        total = 0;
        read = 0;
        Arrays.fill(roberts, 0);
        for (int i = 0; i < BETS; i++) {
            restart(i, at);
        }
    }

    void state(StateFields fields) {
        total = fields.real(total);
        read = fields.count(read);
        fields.reals(roberts, BETS);
        fields.reals(best, BETS);
        fields.reals(totalAtRestart, BETS);
        fields.counts(restarts);
        fields.counts(readAtRestart);
    }
}
