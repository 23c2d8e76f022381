package io.homeostat.drift.statistics.profile;

import io.homeostat.drift.statistics.season.CellKinds;
import io.homeostat.drift.statistics.season.Mixture;
import io.homeostat.drift.statistics.season.Wander;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.Arrays;

/**
 * The cells of a number: three times as many quantile bins as the tests use, so that a slot that lives in a few of the
 * bins still has a shape; the last cell is missing. Within a cell the reference's own shape is kept.
 */
record NumericCells(BinEdges fine, BinEdges bins) implements SeasonCells {
    private static final int FINER = 3;

    static NumericCells of(double[] sample, BinEdges bins) {
        return new NumericCells(BinEdges.ofQuantiles(sample, FINER * BinEdges.DEFAULT_BINS), bins);
    }

    int cellOf(double value) {
        return Double.isNaN(value) ? fine.bins() : fine.binOf(value);
    }

    @Override
    public CellKinds kinds() {
        double[] edges = fine.toArray();
        int[] groups = new int[fine.bins() + 1];
        for (int cell = 0; cell < fine.bins(); cell++) {
            groups[cell] = cell < edges.length ? bins.binOf(edges[cell]) : bins.bins() - 1;
        }
        groups[fine.bins()] = bins.bins();
        return new CellKinds(true, groups, widths(edges));
    }

    private static double[] widths(double[] edges) {
        double[] widths = new double[Math.max(0, edges.length - 1)];
        Arrays.setAll(widths, i -> edges[i + 1] - edges[i]);
        return widths;
    }

    @Override
    public NumericProfile expected(FeatureProfile reference, Mixture mixture, Wander wander) {
        double[] shares = mixture.shares();
        int[] groups = kinds().groups();
        double[] counts = new double[bins.bins()];
        for (int cell = 0; cell < fine.bins(); cell++) {
            counts[groups[cell]] += shares[cell] * mixture.rows();
        }
        return NumericProfile.expected(
                bins,
                Arrays.stream(counts).mapToLong(Math::round).toArray(),
                quantiles(((NumericProfile) reference).sketch(), shares),
                Math.round(shares[fine.bins()] * mixture.rows()),
                wander);
    }

    /* Evenly spaced quantiles: each is looked up in its cell of the reference, at the same share of the cell's rows. */
    private double[] quantiles(QuantileSketch sketch, double[] shares) {
        double[] edges = fine.toArray();
        double values = 1 - shares[fine.bins()];
        if (values <= 0 || sketch.n() == 0) {
            return new double[0];
        }
        double[] quantiles = new double[QuantileSketch.DEFAULT_K];
        int cell = 0;
        double before = 0;
        for (int i = 0; i < quantiles.length; i++) {
            double wanted = (i + 0.5) / quantiles.length * values;
            while (cell < fine.bins() - 1 && before + shares[cell] < wanted) {
                before += shares[cell++];
            }
            double low = cell == 0 ? sketch.min() : Math.nextUp((float) edges[cell - 1]);
            double high = cell < edges.length ? edges[cell] : sketch.max();
            double start = cell == 0 ? 0 : sketch.rank(edges[cell - 1]);
            double end = cell < edges.length ? sketch.rank(edges[cell]) : 1;
            double part = shares[cell] == 0 ? 1 : Math.min(1, (wanted - before) / shares[cell]);
            double value = sketch.quantile(Math.min(1, start + part * (end - start)));
            quantiles[i] = Math.max(Math.min(low, high), Math.min(high, value));
        }
        return quantiles;
    }

    @Override
    public void write(StateWriter out) {
        out.flag(true).reals(fine.toArray()).reals(bins.toArray());
    }

    static NumericCells read(StateReader in) {
        return new NumericCells(BinEdges.of(in.reals()), BinEdges.of(in.reals()));
    }
}
