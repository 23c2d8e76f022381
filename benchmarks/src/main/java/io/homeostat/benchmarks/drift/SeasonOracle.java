package io.homeostat.benchmarks.drift;

import io.homeostat.benchmarks.harness.Table;
import io.homeostat.drift.statistics.profile.FeatureType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * What can be found of a lasting shift at all: by somebody who knows which number rises, from when on and by how much, looks
 * once, at the end of what is watched, and takes one chance in a hundred of a false alarm. No monitor knows that.
 *
 * <p>The number's weeks, less its hours of the day and an annual wave, are a constant and a rest that remembers the week
 * before; all of it is estimated from the year learned, with the error of constant and wave. The test is the most
 * powerful there is: generalised least squares of a step. "Given the others" the weeks are first freed of what the other
 * numbers, which are not shifted, say of them.
 */
final class SeasonOracle {
    private static final double CHANCE = 0.01;
    private static final double YEAR_DAYS = 365.2425;
    private static final int HOURS = 24;
    private static final double FEW_ROWS = 0.2;

    private final SeasonCase stream;
    private final List<String> numbers;
    private final double shift;
    private final int places;
    private final Table table = new Table(
            "number", "known", "memory", "weeks wander, σ", "a shift's size, deviations", "without one", "found");
    private int found;
    private int injected;

    /**
     * An oracle.
     *
     * @param shift in standard deviations of what is learned
     * @param places where it begins: at so many places of the first half of what is watched
     */
    SeasonOracle(SeasonCase stream, double shift, int places) {
        this.stream = stream;
        this.numbers = stream.schema().features().entrySet().stream()
                .filter(feature -> feature.getValue() == FeatureType.NUMERIC)
                .map(feature -> feature.getKey())
                .toList();
        this.shift = shift;
        this.places = places;
    }

    /** The share of shifts that it finds; prints how. */
    double found(boolean givenTheOthers) {
        found = 0;
        injected = 0;
        numbers.forEach(number -> look(number, givenTheOthers));
        return found / (double) injected;
    }

    Table table() {
        return table;
    }

    private record Week(double day, double level) {}

    private void look(String number, boolean givenTheOthers) {
        RealVector learned = column(stream.learned(), number);
        double deviation = Math.sqrt(learned.mapSubtract(mean(learned)).dotProduct(learned.mapSubtract(mean(learned)))
                / learned.getDimension());
        RealVector fit = new QRDecomposition(design(stream.learned(), number, givenTheOthers))
                .getSolver()
                .solve(learned);
        List<Week> before = weeks(stream.learned(), number, givenTheOthers, fit, deviation);
        List<Week> after = weeks(stream.watched(), number, givenTheOthers, fit, deviation);
        RealMatrix waves = waves(before);
        RealVector levels = levels(before);
        RealVector wave = new QRDecomposition(waves).getSolver().solve(levels);
        RealVector rest = levels.subtract(waves.operate(wave));
        double memory = memory(rest);
        double noise = noise(rest, memory, wave.getDimension());
        RealMatrix error = inverse(waves.transpose()
                .multiply(inverse(remembering(before, memory, noise)))
                .multiply(waves));
        double[] sizes = new double[places];
        double[] without = new double[places];
        for (int place = 0; place < places; place++) {
            List<Week> watched = after.subList(place * after.size() / (2 * places), after.size());
            RealMatrix late = waves(watched);
            RealMatrix certainty = inverse(
                    remembering(watched, memory, noise).add(late.multiply(error).multiply(late.transpose())));
            RealVector step = new ArrayRealVector(watched.size(), 1);
            double scale = Math.sqrt(step.dotProduct(certainty.operate(step)));
            sizes[place] = shift * scale;
            without[place] = step.dotProduct(certainty.operate(levels(watched).subtract(late.operate(wave)))) / scale;
        }
        double threshold = new NormalDistribution().inverseCumulativeProbability(1 - CHANCE);
        int here = (int) IntStream.range(0, places)
                .filter(place -> sizes[place] + without[place] > threshold)
                .count();
        found += here;
        injected += places;
        table.row(
                number,
                givenTheOthers ? "the other numbers" : "itself",
                text(memory),
                text(noise / Math.sqrt(1 - memory * memory)),
                range(sizes),
                range(without),
                here + " of " + places);
    }

    /** Hours of the day; and, of the others, an annual wave and their values, as what they say is not to be of the season. */
    private RealMatrix design(List<SeasonCase.Row> rows, String number, boolean givenTheOthers) {
        List<String> others =
                numbers.stream().filter(other -> !other.equals(number)).toList();
        RealMatrix design = new Array2DRowRealMatrix(rows.size(), HOURS + (givenTheOthers ? 2 + others.size() : 0));
        for (int i = 0; i < rows.size(); i++) {
            double day = day(rows.get(i).time());
            design.setEntry(i, (int) Math.floor((day - Math.floor(day)) * HOURS + 0.5) % HOURS, 1);
            if (givenTheOthers) {
                double[] wave = wave(day);
                design.setEntry(i, HOURS, wave[1]);
                design.setEntry(i, HOURS + 1, wave[2]);
                for (int k = 0; k < others.size(); k++) {
                    design.setEntry(i, HOURS + 2 + k, value(rows.get(i), others.get(k)));
                }
            }
        }
        return design;
    }

    private List<Week> weeks(
            List<SeasonCase.Row> rows, String number, boolean givenTheOthers, RealVector fit, double deviation) {
        RealVector rest = column(rows, number)
                .subtract(design(rows, number, givenTheOthers).operate(fit))
                .mapDivide(deviation);
        TreeMap<Long, List<Integer>> byWeek = new TreeMap<>();
        for (int i = 0; i < rows.size(); i++) {
            byWeek.computeIfAbsent((long) Math.floor(day(rows.get(i).time()) / 7), w -> new ArrayList<>())
                    .add(i);
        }
        int most = byWeek.values().stream().mapToInt(List::size).max().orElse(0);
        return byWeek.values().stream()
                .filter(week -> week.size() >= FEW_ROWS * most)
                .map(week -> new Week(
                        week.stream()
                                .mapToDouble(i -> day(rows.get(i).time()))
                                .average()
                                .orElse(0),
                        week.stream().mapToDouble(rest::getEntry).average().orElse(0)))
                .toList();
    }

    /* Kendall's correction: an estimated memory is (1 + 3 φ) / n too small */
    private static double memory(RealVector rest) {
        int n = rest.getDimension();
        RealVector first = rest.getSubVector(0, n - 1);
        double raw = first.dotProduct(rest.getSubVector(1, n - 1)) / first.dotProduct(first);
        return Math.max(0, Math.min(0.95, raw + (1 + 3 * raw) / n));
    }

    private static double noise(RealVector rest, double memory, int columns) {
        int n = rest.getDimension();
        RealVector noise =
                rest.getSubVector(1, n - 1).subtract(rest.getSubVector(0, n - 1).mapMultiply(memory));
        return Math.sqrt(noise.dotProduct(noise) / (n - 1 - columns));
    }

    private static RealMatrix remembering(List<Week> weeks, double memory, double noise) {
        RealMatrix covariance = new Array2DRowRealMatrix(weeks.size(), weeks.size());
        for (int i = 0; i < weeks.size(); i++) {
            for (int j = 0; j < weeks.size(); j++) {
                double apart = Math.abs(weeks.get(i).day() - weeks.get(j).day())
                        / Duration.ofDays(7).toDays();
                covariance.setEntry(i, j, noise * noise / (1 - memory * memory) * Math.pow(memory, apart));
            }
        }
        return covariance;
    }

    private static RealMatrix waves(List<Week> weeks) {
        return new Array2DRowRealMatrix(
                weeks.stream().map(week -> wave(week.day())).toArray(double[][]::new));
    }

    private static RealVector levels(List<Week> weeks) {
        return new ArrayRealVector(weeks.stream().mapToDouble(Week::level).toArray());
    }

    private static double[] wave(double day) {
        double phase = 2 * Math.PI * day / YEAR_DAYS;
        return new double[] {1, Math.cos(phase), Math.sin(phase)};
    }

    private static RealVector column(List<SeasonCase.Row> rows, String number) {
        return new ArrayRealVector(
                rows.stream().mapToDouble(row -> value(row, number)).toArray());
    }

    private static double value(SeasonCase.Row row, String number) {
        return row.values().get(number) instanceof Double value ? value : 0;
    }

    private static double day(Instant time) {
        return time.getEpochSecond() / 86_400.0;
    }

    private static double mean(RealVector values) {
        return Arrays.stream(values.toArray()).average().orElse(0);
    }

    private static RealMatrix inverse(RealMatrix matrix) {
        return new LUDecomposition(matrix).getSolver().getInverse();
    }

    private static String range(double[] values) {
        return text(Arrays.stream(values).min().orElse(0)) + " to "
                + text(Arrays.stream(values).max().orElse(0));
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
