package io.homeostat.drift.statistics.season;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * How the level of a number goes up and down beyond its hours of the week, learned from a reference.
 *
 * <p>Idea: the level of a time is the mean rank of its values among the reference's, 0 to 1; a normal distribution moved
 * by a little δ σ moves by .282 δ. What a block's level is off from that of its hours of the week is a constant, an
 * annual wave where the reference covers a year, and a rest that remembers the block before: rest(t) = φ rest(t − 1) +
 * noise.
 *
 * <p>A block is a week of a reference that has 26 of them, else a day; a window where those are longer. Spells of
 * weather, sales and holidays last days: blocks of a week hardly remember them. Blocks with less than a fifth of the usual rows are
 * left out; fewer than twelve blocks say nothing.
 *
 * <p>Example: a number whose days have φ = .7 and a deviation of .35 σ has weeks with φ = .2 and .25 σ.
 *
 * @param blockMillis the length of a block
 * @param constant part of the deviation
 * @param cosine part of the annual wave
 * @param sine part of the annual wave
 * @param memory φ, 0 to .95; one standard error is added to what was measured, as is to the next
 * @param deviation of the noise, above 0
 * @param blocks how many it was learned from
 */
public record RankLevel(
        long blockMillis, double constant, double cosine, double sine, double memory, double deviation, int blocks) {
    /** The rank that a shift of one standard deviation of a normal distribution moves by, for small shifts. */
    public static final double RANK_PER_SIGMA = 0.5 / Math.sqrt(Math.PI);

    private static final double YEAR_MILLIS = 365.2425 * 86_400_000;
    private static final double LEAST_OF_YEAR = 0.95;
    private static final int FEWEST = 12;
    private static final long FEWEST_WEEKS = 26;
    private static final double FEW_ROWS = 0.2;
    private static final double MOST_MEMORY = 0.95;
    private static final double LEAST_DEVIATION = 1e-3;

    /** Nothing is known. */
    static final RankLevel NONE = new RankLevel(1, 0, 0, 0, 0, 1, 0);

    /**
     * A block.
     *
     * @param middle its middle in milliseconds
     * @param deviation of its level from that of its hours of the week
     * @param rows its values
     */
    record Block(long middle, double deviation, double rows) {}

    /** The length of a block, for windows of a length in a reference that spans some time. */
    static Duration blockLength(Duration window, Duration span) {
        Duration block =
                span.compareTo(Duration.ofDays(FEWEST_WEEKS * 7)) >= 0 ? Duration.ofDays(7) : Duration.ofDays(1);
        return window.compareTo(block) > 0 ? window : block;
    }

    /** Learns it from blocks in the order of time. */
    static RankLevel of(List<Block> all, long blockMillis) {
        double usual = all.stream()
                .mapToDouble(Block::rows)
                .sorted()
                .skip(all.size() / 2)
                .findFirst()
                .orElse(0);
        List<Block> blocks = all.stream()
                .filter(b -> b.rows() >= FEW_ROWS * usual && b.rows() > 0)
                .toList();
        if (blocks.size() < FEWEST) {
            return NONE;
        }
        long span = blocks.get(blocks.size() - 1).middle() - blocks.get(0).middle() + blockMillis;
        int columns = span >= LEAST_OF_YEAR * YEAR_MILLIS ? 3 : 1;
        RealMatrix design = new Array2DRowRealMatrix(blocks.size(), columns);
        RealVector deviations = new ArrayRealVector(blocks.size());
        for (int i = 0; i < blocks.size(); i++) {
            design.setRow(i, Arrays.copyOf(wave(blocks.get(i).middle()), columns));
            deviations.setEntry(i, blocks.get(i).deviation());
        }
        RealVector fit = new QRDecomposition(design).getSolver().solve(deviations);
        RealVector rest = deviations.subtract(design.operate(fit));
        return withRest(blocks, rest, blockMillis, Arrays.copyOf(fit.toArray(), 3), columns);
    }

    private static RankLevel withRest(
            List<Block> blocks, RealVector rest, long blockMillis, double[] fit, int columns) {
        double pairs = 0;
        double together = 0;
        double before = 0;
        double noise = 0;
        for (int i = 1; i < blocks.size(); i++) {
            if (blocks.get(i).middle() - blocks.get(i - 1).middle() < 1.5 * blockMillis) {
                pairs++;
                together += rest.getEntry(i) * rest.getEntry(i - 1);
                before += rest.getEntry(i - 1) * rest.getEntry(i - 1);
            }
        }
        // Kendall's correction: an estimated φ is (1 + 3 φ) / n too small
        double raw = before > 0 ? together / before : 0;
        double likely = Math.max(0, Math.min(MOST_MEMORY, raw + (1 + 3 * raw) / Math.max(1, pairs)));
        double error = Math.sqrt((1 - likely * likely) / Math.max(1, pairs));
        double memory = Math.min(MOST_MEMORY, likely + error);
        for (int i = 0; i < blocks.size(); i++) {
            boolean follows =
                    i > 0 && blocks.get(i).middle() - blocks.get(i - 1).middle() < 1.5 * blockMillis;
            double off = follows
                    ? rest.getEntry(i) - memory * rest.getEntry(i - 1)
                    : rest.getEntry(i) * Math.sqrt(1 - memory * memory);
            noise += off * off;
        }
        double freedom = Math.max(1, blocks.size() - columns - 1);
        double deviation = Math.sqrt(noise / freedom) * (1 + 1 / Math.sqrt(2 * freedom));
        return new RankLevel(
                blockMillis, fit[0], fit[1], fit[2], memory, Math.max(LEAST_DEVIATION, deviation), blocks.size());
    }

    /** Whether there were blocks enough. */
    public boolean isKnown() {
        return blocks > 0;
    }

    /** How far a block's level is expected to be off from that of its hours of the week. */
    double expected(long middle) {
        double[] wave = wave(middle);
        return constant * wave[0] + cosine * wave[1] + sine * wave[2];
    }

    private static double[] wave(long middle) {
        double phase = 2 * Math.PI * (middle / YEAR_MILLIS);
        return new double[] {1, Math.cos(phase), Math.sin(phase)};
    }

    void write(StateWriter out) {
        out.count(blockMillis)
                .real(constant)
                .real(cosine)
                .real(sine)
                .real(memory)
                .real(deviation)
                .count(blocks);
    }

    static RankLevel read(StateReader in) {
        return new RankLevel(
                in.count(), in.real(), in.real(), in.real(), in.real(), in.real(), in.sizeIn(0, Integer.MAX_VALUE));
    }

    /**
     * The level of counts per bin, or of shares, among others: the mean of the mid-ranks.
     *
     * @param counts of what is looked at
     * @param reference counts per bin of the reference
     */
    public static double level(double[] counts, double[] reference) {
        double all = 0;
        for (double count : reference) {
            all += count;
        }
        double below = 0;
        double sum = 0;
        double values = 0;
        for (int bin = 0; bin < counts.length; bin++) {
            sum += counts[bin] * (below + reference[bin] / 2) / all;
            values += counts[bin];
            below += reference[bin];
        }
        return values > 0 && all > 0 ? sum / values : 0.5;
    }
}
