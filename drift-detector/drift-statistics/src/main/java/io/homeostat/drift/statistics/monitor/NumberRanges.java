package io.homeostat.drift.statistics.monitor;

import io.homeostat.drift.statistics.profile.BinEdges;
import io.homeostat.drift.statistics.profile.NumericProfile;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;

/** Ranges of a number, each with a name: {@code at most 10}, {@code 10 to 20}, {@code above 20}. */
final class NumberRanges {
    private static final MathContext SHORT = new MathContext(4);

    private final BinEdges edges;
    private final String[] names;

    private NumberRanges(double[] cuts) {
        edges = BinEdges.of(cuts);
        String[] ends = Arrays.stream(cuts).mapToObj(NumberRanges::shortened).toArray(String[]::new);
        if (Arrays.stream(ends).distinct().count() < ends.length) {
            ends = Arrays.stream(cuts).mapToObj(NumberRanges::exact).toArray(String[]::new);
        }
        names = new String[cuts.length + 1];
        for (int i = 1; i < cuts.length; i++) {
            names[i] = ends[i - 1] + " to " + ends[i];
        }
        names[0] = cuts.length == 0 ? "any" : "at most " + ends[0];
        names[cuts.length] = cuts.length == 0 ? "any" : "above " + ends[cuts.length - 1];
    }

    /** The ranges between cuts; a value at a cut belongs below it. */
    static NumberRanges between(List<Double> cuts) {
        return new NumberRanges(cuts.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** The ranges between the reference's quantiles, thinned evenly to a number; the outer ones have no end. */
    static NumberRanges ofQuantiles(NumericProfile reference, int most) {
        double[] all = reference.edges().toArray();
        double[] inner = all.length < 3 ? new double[0] : Arrays.copyOfRange(all, 1, all.length - 1);
        int kept = Math.min(inner.length, most - 1);
        double[] cuts = new double[kept];
        for (int i = 0; i < kept; i++) {
            cuts[i] = inner[(int) ((long) (i + 1) * (inner.length + 1) / (kept + 1)) - 1];
        }
        return new NumberRanges(cuts);
    }

    String nameOf(double value) {
        return names[edges.binOf(value)];
    }

    private static String shortened(double cut) {
        return text(BigDecimal.valueOf(cut).round(SHORT));
    }

    private static String exact(double cut) {
        return text(BigDecimal.valueOf(cut));
    }

    private static String text(BigDecimal cut) {
        BigDecimal shortest = cut.signum() == 0 ? BigDecimal.ZERO : cut.stripTrailingZeros();
        boolean plain = shortest.scale() >= -9 && shortest.scale() <= 9;
        return plain ? shortest.toPlainString() : shortest.toString();
    }
}
