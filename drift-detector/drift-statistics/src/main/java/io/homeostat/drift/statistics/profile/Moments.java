package io.homeostat.drift.statistics.profile;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;

/**
 * Mean and variance of a stream, the same bits whatever blocks its values come in.
 *
 * <p>Idea: the sums of the values' distances from a centre, and of their squares, cost two additions a value. They are as
 * exact as the centre is near, so it moves to the mean whenever the number of values has doubled. Two streams merge by the
 * pairwise rule of Chan, Golub, LeVeque (1979). A value beyond ±1e150 counts as that: its square is still a number.
 */
final class Moments {
    private static final double LARGEST = 1e150;

    private long n;
    private double centre;
    private double sum;
    private double squares;

    /** Adds the first so many of some finite values. */
    void add(double[] values, int count) {
        for (int at = 0; at < count; ) {
            if (Long.bitCount(n) <= 1) {
                moveCentre(values[at]);
            }
            long untilDoubled = Math.max(1, 2 * Long.highestOneBit(n)) - n;
            int end = (int) Math.min(count, at + untilDoubled);
            addAround(values, at, end);
            n += end - at;
            at = end;
        }
    }

    private void addAround(double[] values, int start, int end) {
        double from = centre;
        double first = sum;
        double second = squares;
        for (int i = start; i < end; i++) {
            double distance = bounded(values[i]) - from;
            first += distance;
            second += distance * distance;
        }
        sum = first;
        squares = second;
    }

    private void moveCentre(double next) {
        if (n == 0) {
            centre = bounded(next);
            return;
        }
        double moved = centre + sum / n;
        double by = moved - centre; // not quite sum / n
        squares = Math.max(0, squares - 2 * by * sum + n * by * by);
        sum -= n * by;
        centre = moved;
    }

    private static double bounded(double value) {
        return value > LARGEST ? LARGEST : value < -LARGEST ? -LARGEST : value;
    }

    /** Adds all that another one saw. */
    void merge(Moments other) {
        if (other.n == 0) {
            return;
        }
        double distance = other.mean() - mean();
        double both = squaredDeviations() + other.squaredDeviations();
        double merged = n == 0 ? other.mean() : mean() + distance * other.n / (n + other.n);
        squares = n == 0 ? both : both + distance * distance * n * other.n / (n + other.n);
        centre = merged;
        sum = 0;
        n += other.n;
    }

    /** The moments of so many values of this mean, with these squared deviations from it. */
    static Moments of(long n, double mean, double squaredDeviations) {
        Moments moments = new Moments();
        moments.n = n;
        moments.centre = mean;
        moments.squares = squaredDeviations;
        return moments;
    }

    /** The mean; 0 without values. */
    double mean() {
        return n == 0 ? 0 : centre + sum / n;
    }

    /** The sum of the squared distances from the mean. */
    double squaredDeviations() {
        return n == 0 ? 0 : Math.max(0, squares - sum * sum / n);
    }

    void write(StateWriter out) {
        out.real(centre).real(sum).real(squares);
    }

    static Moments read(StateReader in, long n) {
        Moments moments = of(n, in.real(), 0);
        moments.sum = in.real();
        moments.squares = in.real();
        return moments;
    }
}
