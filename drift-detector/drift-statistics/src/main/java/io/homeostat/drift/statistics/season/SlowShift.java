package io.homeostat.drift.statistics.season;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds a shift of a number that is too small for any single window, by adding up what windows say.
 *
 * <p>Idea: the level of every block (a day, or a window where those are longer), less what {@link RankLevel} expects and
 * what is remembered of the block before, is a noise z with mean 0 and a standard deviation of at most 1, cut at ±4. A
 * lasting shift gives it a mean. Gamblers bet on that, three each way: e = exp(h z − h²/2), h = ±¼, ±½, ±1; one fresh
 * unit is staked per block, R ← (R + 1) e (Shiryaev and Roberts). Bets on a rise see z less a standard error of the mean,
 * 1/√blocks, those on a fall z plus one.
 *
 * <p>Decision: mean of the six R ≥ A. While z is normal with mean 0, or has lighter tails, E[R after t blocks] ≤ t, so
 * a false alarm is expected after A blocks at the earliest. φ and the deviation are estimates with a standard error added:
 * measured with references of 52 blocks, false alarms are .3, .4, .6 and 1.2 of the budget at φ = 0, .2, .5 and .7.
 *
 * <p>Parameters: A, blocks expected to a false alarm, above 1.
 *
 * <p>Example: a shift of .3 σ in a number whose weeks wander by .2 σ with φ = .2 is found after about 23 weeks at
 * A = 1,000 and a reference of a year.
 *
 * <p>Limits: a level that wanders without returning is not one that this describes; a reference of less than a year does
 * not know the seasons of the year and calls them shifts.
 *
 * <p>Reference: Shin, Ramdas, Rinaldo: E-detectors, a nonparametric framework for sequential change detection, 2022.
 */
public final class SlowShift {
    private static final double[] BETS = {0.25, 0.5, 1, -0.25, -0.5, -1};
    private static final double MOST = 4;

    private final RankLevel level;
    private final double[] roberts = new double[BETS.length];
    private final double[] best = new double[BETS.length];
    private final long[] since = new long[BETS.length];
    private final double[] sumSince = new double[BETS.length];
    private final long[] blocksSince = new long[BETS.length];
    private long block = Long.MIN_VALUE;
    private double sum;
    private double rows;
    private long previous = Long.MIN_VALUE;
    private double previousRest;
    private double statistic;

    /**
     * What was found.
     *
     * @param since when it is estimated to have begun
     * @param sigmas its estimated size, in standard deviations of a normal distribution
     * @param statistic what passed the threshold
     */
    public record Shift(Instant since, double sigmas, double statistic) {}

    /** A detector that has seen nothing. */
    public SlowShift(RankLevel level) {
        this.level = level;
        forget();
    }

    /** The statistic now. */
    public double statistic() {
        return statistic;
    }

    /**
     * Takes a window in. Windows of one block are added up; one of an earlier block is not looked at.
     *
     * @param from its start
     * @param to its end
     * @param deviation of its level from that of its hours of the week
     * @param values how many it has
     * @param threshold A
     */
    public Optional<Shift> note(Instant from, Instant to, double deviation, double values, double threshold) {
        long at = Math.floorDiv(from.toEpochMilli(), level.blockMillis());
        if (at < block || values <= 0) {
            return Optional.empty();
        }
        Optional<Shift> found = at > block && rows > 0 ? close(threshold) : Optional.empty();
        block = at;
        sum += deviation * values;
        rows += values;
        boolean complete = to.toEpochMilli() >= (at + 1) * level.blockMillis();
        return complete && found.isEmpty() ? close(threshold) : found;
    }

    private Optional<Shift> close(double threshold) {
        long start = block * level.blockMillis();
        double rest = sum / rows - level.expected(start + level.blockMillis() / 2);
        boolean follows = previous == block - 1;
        double off =
                follows ? rest - level.memory() * previousRest : rest * Math.sqrt(1 - level.memory() * level.memory());
        previous = block;
        previousRest = rest;
        sum = 0;
        rows = 0;
        block++;
        bet(Math.max(-MOST, Math.min(MOST, off / level.deviation())), start);
        return statistic < threshold ? Optional.empty() : Optional.of(shift());
    }

    private void bet(double z, long start) {
        double error = 1 / Math.sqrt(level.blocks());
        double all = 0;
        for (int i = 0; i < BETS.length; i++) {
            double e = Math.exp(BETS[i] * (z - Math.signum(BETS[i]) * error) - BETS[i] * BETS[i] / 2);
            roberts[i] = (roberts[i] + 1) * e;
            all += roberts[i] / BETS.length;
            if (best[i] == 1) {
                since[i] = start;
                sumSince[i] = 0;
                blocksSince[i] = 0;
            }
            best[i] = Math.max(1, best[i] * e);
            sumSince[i] += z;
            blocksSince[i]++;
        }
        statistic = all;
    }

    private Shift shift() {
        int leader = 0;
        for (int i = 1; i < BETS.length; i++) {
            leader = best[i] > best[leader] ? i : leader;
        }
        double rank = sumSince[leader] / Math.max(1, blocksSince[leader]) * level.deviation() / (1 - level.memory());
        Shift shift = new Shift(Instant.ofEpochMilli(since[leader]), rank / RankLevel.RANK_PER_SIGMA, statistic);
        forget();
        return shift;
    }

    private void forget() {
        Arrays.fill(roberts, 0);
        Arrays.fill(best, 1);
    }

    /** Writes the state; the level is the reference's. */
    public void write(StateWriter out) {
        out.reals(roberts).reals(best).reals(sumSince).counts(blocksSince);
        for (long start : since) {
            out.fixed(start);
        }
        out.fixed(block).real(sum).real(rows).fixed(previous).real(previousRest).real(statistic);
    }

    /** The detector that wrote this, for the same level. */
    public static SlowShift read(StateReader in, RankLevel level) {
        SlowShift read = new SlowShift(level);
        copy(in.reals(), read.roberts);
        copy(in.reals(), read.best);
        copy(in.reals(), read.sumSince);
        copy(in.counts(), read.blocksSince);
        Arrays.setAll(read.since, i -> in.fixed());
        read.block = in.fixed();
        read.sum = in.real();
        read.rows = in.real();
        read.previous = in.fixed();
        read.previousRest = in.real();
        read.statistic = in.real();
        return read;
    }

    private static void copy(Object from, Object to) {
        System.arraycopy(from, 0, to, 0, BETS.length);
    }
}
