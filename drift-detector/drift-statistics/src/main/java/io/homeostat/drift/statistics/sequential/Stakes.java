package io.homeostat.drift.statistics.sequential;

import io.homeostat.drift.statistics.state.StateFields;
import java.util.Arrays;

/**
 * The bets on a rising mean loss against one reference rate; {@link EDetector} tells what they are and why.
 *
 * <p>Most losses are zeros, and a zero lets every bet lose the same share of its stake. So zeros are only counted, and what a
 * row of them makes of the stakes is worked out when it ends, at the latest after {@value #MOST_ZEROS}. Until then a
 * bound stands for what was won: a zero adds less than the one unit that is staked at it.
 */
final class Stakes {
    private static final double[] EFFECTS = {0.05, 0.1, 0.2, 0.4, 0.8};
    private static final double[] WEIGHTS = {1 / 9.0, 2 / 9.0, 3 / 9.0, 2 / 9.0, 1 / 9.0};
    private static final int BETS = EFFECTS.length;
    private static final int MOST_ZEROS = 16;
    private static final int ROW = 2 * BETS;
    private static final double LEAST_BASELINE = 1e-6;
    // half of what a stake must win by the default threshold, in nats
    private static final double HALF_WIN = 0.5 * Math.log(EDetector.DEFAULT_THRESHOLD);

    // e = atZero + bet · loss
    private final double[] bets = new double[BETS];
    private final double[] atZero = new double[BETS];
    private final double[] atOne = new double[BETS];
    private final double[] between = new double[BETS];
    // a row for each number of zeros: what they keep of one unit; what is there of a bet's weight, staked at each and
    // again after them
    private final double[] ofZeros = new double[ROW * (MOST_ZEROS + 1)];
    private final double baseline;

    private final double[] roberts = new double[BETS]; // R, weighted
    private final double[] best = new double[BETS];
    private final long[] restarts = new long[BETS];
    private final long[] readAtRestart = new long[BETS];
    private final double[] totalAtRestart = new double[BETS];
    private long read; // without the zeros that are not worked out yet
    private double total; // of the losses since the last detection
    private double most;
    private int zeros;
    private long last; // the number of the last loss

    Stakes(double reference, long labels) {
        // pulled off 0, where a rate's standard error would vanish; not off 1, for nothing rises above that
        double pulled = Math.max(reference, (reference * labels + 0.5) / (labels + 1.0));
        double lowest = 1;
        for (int i = 0; i < BETS; i++) {
            double z = HALF_WIN / (EFFECTS[i] * Math.sqrt(labels));
            double against = Math.min(1, Math.max(LEAST_BASELINE, upperBound(pulled, labels, z)));
            bets[i] = Math.min(EFFECTS[i] / Math.sqrt(against * (1 - against)), 0.9 / against);
            atZero[i] = 1 - bets[i] * against;
            atOne[i] = atZero[i] + bets[i];
            best[i] = 1;
            workOutZeros(i);
            lowest = Math.min(lowest, against);
        }
        baseline = lowest;
    }

    private void workOutZeros(int bet) {
        ofZeros[bet] = 1;
        ofZeros[bet + BETS] = WEIGHTS[bet];
        for (int at = ROW + bet; at < ofZeros.length; at += ROW) {
            ofZeros[at] = ofZeros[at - ROW] * atZero[bet];
            ofZeros[at + BETS] = ofZeros[at - ROW + BETS] * atZero[bet] + WEIGHTS[bet];
        }
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
     * Stakes one unit and bets on a loss.
     *
     * @param at the number of the loss, counted from 1
     */
    void bet(double loss, long at) {
        if (loss == 0) {
            onZero(at);
        } else {
            onLoss(loss, at);
        }
    }

    /** {@link #bet} on a loss of 0. */
    void onZero(long at) {
        last = at;
        most++;
        zeros++;
        if (zeros == MOST_ZEROS) {
            settle();
        }
    }

    /** {@link #bet} on a loss above 0. */
    void onLoss(double loss, long at) {
        double[] e = loss == 1 ? atOne : between(loss);
        int row = zeros * ROW;
        read += zeros;
        zeros = 0;
        double sum = 0;
        for (int i = 0; i < BETS; i++) {
            double stake = (roberts[i] * ofZeros[row + i] + ofZeros[row + i + BETS]) * e[i];
            roberts[i] = stake;
            sum += stake;
        }
        for (int i = 0; i < BETS; i++) {
            best[i] = streak(i, best[i] * ofZeros[row + i]) * e[i];
        }
        most = sum;
        last = at;
        read++;
        total += loss;
        if (loss < 1) { // a loss of 1 lets every bet win
            for (int i = 0; i < BETS; i++) {
                best[i] = streak(i, best[i]);
            }
        }
    }

    private double[] between(double loss) {
        for (int i = 0; i < BETS; i++) {
            between[i] = atZero[i] + bets[i] * loss;
        }
        return between;
    }

    private void settle() {
        int row = zeros * ROW;
        read += zeros;
        zeros = 0;
        for (int i = 0; i < BETS; i++) {
            roberts[i] = roberts[i] * ofZeros[row + i] + ofZeros[row + i + BETS] - WEIGHTS[i];
            best[i] = streak(i, best[i] * ofZeros[row + i]);
        }
    }

    /* The streak, or the one unit from which it begins anew after the last loss. */
    private double streak(int bet, double streak) {
        if (streak > 1) {
            return streak;
        }
        restarts[bet] = last;
        readAtRestart[bet] = read;
        totalAtRestart[bet] = total;
        return 1;
    }

    /** The weighted mean of R. */
    double won() {
        int row = zeros * ROW;
        double sum = 0;
        for (int i = 0; i < BETS; i++) {
            sum += roberts[i] * ofZeros[row + i] + (ofZeros[row + i + BETS] - WEIGHTS[i]);
        }
        return sum;
    }

    /** A bound of {@link #won} that costs nothing. */
    double most() {
        return most;
    }

    /** Makes the bound what was won, and says it. */
    double tighten() {
        most = won();
        return most;
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
        settle();
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
        most = 0;
        zeros = 0;
        last = at;
        Arrays.fill(roberts, 0);
        for (int i = 0; i < BETS; i++) {
            best[i] = streak(i, 0);
        }
    }

    void state(StateFields fields) {
        total = fields.real(total);
        read = fields.count(read);
        most = fields.real(most);
        zeros = fields.size(zeros, MOST_ZEROS);
        last = fields.count(last);
        fields.reals(roberts, BETS);
        fields.reals(best, BETS);
        fields.reals(totalAtRestart, BETS);
        fields.counts(restarts);
        fields.counts(readAtRestart);
    }
}
