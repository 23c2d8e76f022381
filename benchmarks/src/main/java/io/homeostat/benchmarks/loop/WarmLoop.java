package io.homeostat.benchmarks.loop;

import io.homeostat.benchmarks.harness.Benchmark;
import io.homeostat.benchmarks.harness.Figures;
import io.homeostat.benchmarks.harness.Sample;
import io.homeostat.benchmarks.harness.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * How soon the second search of a model is as good as one that knows nothing of the first, on the same rows: the demonstration's
 * loop without Kafka, see {@link LoopModel}, on {@link Lives}.
 *
 * <p>Settings by environment: {@code LOOP_STREAMS} (default all), {@code LOOP_SEEDS} (20), {@code LOOP_THREADS} (2).
 */
public final class WarmLoop implements Benchmark {
    private static final int[] AFTER = {1, 2, 3, 5, 8, 12, 24};

    private final List<String> streams =
            List.of(setting("LOOP_STREAMS", String.join(",", Lives.STREAMS)).split(","));
    private final int seeds = Integer.parseInt(setting("LOOP_SEEDS", "20"));
    private final int threads = Integer.parseInt(setting("LOOP_THREADS", "2"));

    private static String setting(String name, String otherwise) {
        return System.getenv().getOrDefault(name, otherwise);
    }

    @Override
    public Figures run() throws Exception {
        Lives lives = Lives.read();
        Map<String, List<SecondSearch>> found = new LinkedHashMap<>();
        for (String stream : streams) {
            long start = System.nanoTime();
            found.put(stream, searches(lives, stream));
            System.err.printf(Locale.ROOT, "%s: %.0f s%n", stream, (System.nanoTime() - start) / 1e9);
        }
        if (streams.size() > 1) {
            found.put("all", found.values().stream().flatMap(List::stream).toList());
        }
        Figures figures = new Figures();
        Table trials =
                new Table("trials of the second search", "median", "mean", "within 4 of 24", "cold itself, median");
        found.forEach((stream, searches) -> report(stream, searches, trials, figures));
        System.out.println(trials);
        found.forEach((stream, searches) -> System.out.println(curves(stream, searches)));
        return figures;
    }

    private List<SecondSearch> searches(Lives lives, String stream) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<SecondSearch>> running = new ArrayList<>();
        for (int seed = 0; seed < seeds; seed++) {
            Life life = lives.life(stream, seed);
            running.add(pool.submit(() -> search(life)));
        }
        List<SecondSearch> found = new ArrayList<>();
        for (Future<SecondSearch> each : running) {
            found.add(each.get());
        }
        pool.shutdown();
        return found;
    }

    private static SecondSearch search(Life life) throws IOException {
        Path folder = Files.createTempDirectory("warm-loop");
        try {
            return SecondSearch.of(life, folder);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(WarmLoop::delete);
            }
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void report(String stream, List<SecondSearch> searches, Table table, Figures figures) {
        row(
                table,
                figures,
                stream,
                "ToCold",
                "cold's best value",
                searches,
                s -> trials(s, s.cold().last()),
                s -> Progress.trialsTo(s.cold().judged(), s.cold().last()));
        row(
                table,
                figures,
                stream,
                "ToColdFresh",
                "cold's value on fresh rows",
                searches,
                SecondSearch::trialsFresh,
                s -> Progress.trialsTo(s.cold().fresh(), s.cold().lastFresh()));
        row(
                table,
                figures,
                stream,
                "ToFirst",
                "the first search's value then",
                searches,
                s -> trials(s, s.firstBest()),
                s -> Progress.trialsTo(s.cold().judged(), s.firstBest()));
    }

    private static int trials(SecondSearch search, double value) {
        return Progress.trialsTo(search.warm().judged(), value);
    }

    private static void row(
            Table table,
            Figures figures,
            String stream,
            String key,
            String what,
            List<SecondSearch> searches,
            ToDoubleFunction<SecondSearch> warm,
            ToDoubleFunction<SecondSearch> cold) {
        double[] trials = searches.stream().mapToDouble(warm).toArray();
        Sample sample = new Sample(trials);
        double share =
                (double) java.util.Arrays.stream(trials).filter(t -> t <= 4).count() / trials.length;
        table.row(
                stream + ": to " + what,
                sample.medianText(),
                sample.meanText(),
                String.format(Locale.ROOT, "%.0f %%", 100 * share),
                new Sample(searches.stream().mapToDouble(cold).toArray()).medianText());
        figures.add(stream + key + "Median", sample.median()).add(stream + key + "Mean", sample.mean());
    }

    /* What is lost of the best that either of the two has found in the end, in points of a hundred. */
    private static Table curves(String stream, List<SecondSearch> searches) {
        Table table = new Table(stream + ", points behind", "1 trial", "2", "3", "5", "8", "12", "24");
        table.row(cells("warm", searches, (s, i) -> s.bestJudged() - s.warm().judged()[i]));
        table.row(cells("cold", searches, (s, i) -> s.bestJudged() - s.cold().judged()[i]));
        table.row(cells(
                "warm, fresh rows", searches, (s, i) -> s.bestFresh() - s.warm().fresh()[i]));
        table.row(cells(
                "cold, fresh rows", searches, (s, i) -> s.bestFresh() - s.cold().fresh()[i]));
        return table;
    }

    @FunctionalInterface
    private interface Behind {
        double after(SecondSearch search, int trial);
    }

    private static Object[] cells(String name, List<SecondSearch> searches, Behind behind) {
        List<Object> cells = new ArrayList<>(List.of(name));
        for (int after : AFTER) {
            cells.add(new Sample(searches.stream()
                            .mapToDouble(s -> 100 * behind.after(s, after - 1))
                            .toArray())
                    .meanText());
        }
        return cells.toArray();
    }
}
