package io.homeostat.benchmarks.drift;

import io.homeostat.benchmarks.harness.Benchmark;
import io.homeostat.benchmarks.harness.Figures;
import io.homeostat.benchmarks.harness.Sample;
import io.homeostat.benchmarks.harness.Table;
import io.homeostat.drift.statistics.estimation.BinaryCbpe;
import io.homeostat.drift.statistics.estimation.EstimatedMetric;
import io.homeostat.drift.statistics.estimation.EstimationChunk;
import io.homeostat.drift.statistics.performance.Metric;
import io.homeostat.drift.statistics.performance.MetricValue;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How far performance estimated without labels is from what the labels say, beside the guess that it stays what it was
 * on the reference. Chunks follow each other in time; a last one that is not full is left out, and so is a chunk for a
 * metric that its labels do not define (precision where nothing was predicted positive).
 */
public final class CbpeAccuracy implements Benchmark {
    private static final int MAIN_CHUNK = 500;
    private static final int[] CHUNKS = {250, MAIN_CHUNK, 1_000, 2_000};
    private static final int TIMED_ROWS = 100_000;
    private static final int WARM_UPS = 10;
    private static final int REPETITIONS = 20;
    private static final long SEED = 1;

    /** A metric's distances from the truth, chunk by chunk. */
    private record Distances(List<Double> estimated, List<Double> constant, List<Double> within) {
        Distances() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        double mean() {
            return Sample.of(estimated).mean();
        }

        double constantMean() {
            return Sample.of(constant).mean();
        }
    }

    @Override
    public Figures run() throws Exception {
        ScoredRows reference = ScoredRows.reference();
        ScoredRows rows = ScoredRows.analysis();
        System.out.printf("reference %,d rows, analysis %,d rows%n%n", reference.size(), rows.size());
        BinaryCbpe estimator = BinaryCbpe.fit(reference.scores(), reference.predicted(), reference.actual(), SEED);
        Figures figures = new Figures();
        for (int chunk : CHUNKS) {
            Map<Metric, Distances> found = distances(estimator, reference, rows, chunk);
            System.out.printf("chunks of %,d rows: %d%n%s%n", chunk, rows.size() / chunk, table(found));
            if (chunk == MAIN_CHUNK) {
                found.forEach((metric, distances) -> add(figures, metric, distances));
            }
        }
        Sample seconds = seconds(estimator, rows);
        System.out.println("seconds per 100,000 rows in chunks of 500: " + seconds.medianText());
        return figures.add("secondsPer100kRows", seconds.median());
    }

    private static void add(Figures figures, Metric metric, Distances distances) {
        String name = metric.key().substring(0, 1).toUpperCase(Locale.ROOT)
                + metric.key().substring(1);
        figures.add("mae" + name, distances.mean());
        figures.add("constantMae" + name, distances.constantMean());
    }

    private static Table table(Map<Metric, Distances> found) {
        Table table = new Table(
                "metric", "chunks", "estimated: mean absolute error", "constant reference", "ratio", "in 3 SE");
        found.forEach((metric, distances) -> table.row(
                metric.key(),
                distances.estimated.size(),
                Sample.of(distances.estimated).meanText(),
                Sample.of(distances.constant).meanText(),
                String.format(Locale.ROOT, "%.2f", distances.mean() / distances.constantMean()),
                String.format(
                        Locale.ROOT,
                        "%.0f %%",
                        100 * Sample.of(distances.within).mean())));
        return table;
    }

    private static Map<Metric, Distances> distances(
            BinaryCbpe estimator, ScoredRows reference, ScoredRows rows, int size) {
        List<MetricValue> before = reference.performance(0, reference.size()).metrics();
        Map<Metric, Distances> found = new EnumMap<>(Metric.class);
        for (int from = 0; from + size <= rows.size(); from += size) {
            List<MetricValue> truth = rows.performance(from, from + size).metrics();
            for (EstimatedMetric e : estimate(estimator, rows, from, from + size)) {
                if (truth.stream().noneMatch(v -> v.metric() == e.metric())) {
                    continue;
                }
                double actual = value(truth, e.metric());
                Distances distances = found.computeIfAbsent(e.metric(), m -> new Distances());
                double distance = Math.abs(e.value() - actual);
                distances.estimated.add(distance);
                distances.constant.add(Math.abs(value(before, e.metric()) - actual));
                distances.within.add(distance <= 3 * e.standardError() ? 1.0 : 0.0);
            }
        }
        return found;
    }

    private static List<EstimatedMetric> estimate(BinaryCbpe estimator, ScoredRows rows, int from, int to) {
        EstimationChunk chunk = estimator.chunk();
        for (int i = from; i < to; i++) {
            int at = i % rows.size();
            estimator.add(chunk, rows.scores()[at], rows.predicted()[at]);
        }
        return estimator.estimate(chunk);
    }

    private static double value(List<MetricValue> values, Metric metric) {
        return values.stream()
                .filter(v -> v.metric() == metric)
                .mapToDouble(MetricValue::value)
                .findFirst()
                .orElseThrow();
    }

    private static Sample seconds(BinaryCbpe estimator, ScoredRows rows) {
        List<Double> seconds = new ArrayList<>();
        int estimates = 0;
        for (int i = -WARM_UPS; i < REPETITIONS; i++) {
            long start = System.nanoTime();
            for (int from = 0; from < TIMED_ROWS; from += MAIN_CHUNK) {
                estimates += estimate(estimator, rows, from, from + MAIN_CHUNK).size();
            }
            if (i >= 0) {
                seconds.add((System.nanoTime() - start) / 1e9);
            }
        }
        System.out.printf("%,d estimates timed%n", estimates);
        return Sample.of(seconds);
    }
}
