package io.homeostat.benchmarks.drift.throughput;

import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topic.UserTopics;
import io.homeostat.backbone.topology.Topologies;
import io.homeostat.benchmarks.drift.ModelFootprint;
import io.homeostat.benchmarks.harness.Benchmark;
import io.homeostat.benchmarks.harness.BrokerProcess;
import io.homeostat.benchmarks.harness.Figures;
import io.homeostat.benchmarks.harness.Sample;
import io.homeostat.benchmarks.harness.Table;
import io.homeostat.detector.DetectorPart;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How fast the whole detector is beside a topology that only parses the same JSON, in interleaved rounds of one run; what a
 * model needs in memory; whether an event costs the same whatever the number of models and of events.
 *
 * <p>Sizes may be set: {@code HOMEOSTAT_EVENTS} per run (default 600,000), {@code HOMEOSTAT_ROUNDS} (default 5),
 * {@code HOMEOSTAT_COMMIT_MILLIS} (default 1,000). What takes longest (labels awaited) is run in the first three
 * rounds only and with half of the events, one model's long windows and parsing with twice as many.
 */
public final class DriftThroughput implements Benchmark {
    private static final int EVENTS = setting("HOMEOSTAT_EVENTS", 600_000);
    private static final int FEWER_EVENTS = EVENTS / 2;
    /** A second of what is fastest, and more, so that windows are tested. */
    private static final int MORE_EVENTS = EVENTS * 2;

    private static final int ROUNDS = setting("HOMEOSTAT_ROUNDS", 5);
    private static final Duration COMMIT = Duration.ofMillis(setting("HOMEOSTAT_COMMIT_MILLIS", 1_000));
    /** A second of what was written in seconds: by the minute of the service's default, none of its windows would end. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static final int ROWS_PER_WINDOW = Math.min(100_000, EVENTS / 4);
    private static final int WARM_UP_ROUNDS = 2;
    private static final int LONG_ROUNDS = Math.min(3, ROUNDS);
    private static final int MANY_MODELS = 1_000;
    private static final int WINDOWS_EACH = 4;
    private static final int REPETITIONS = 7;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Override
    public Figures run() throws Exception {
        Metrics.addRegistry(meters);
        Figures figures = new Figures();
        Path directory = Files.createTempDirectory("drift-throughput");
        try (BrokerProcess broker = BrokerProcess.start(directory.resolve("kafka"))) {
            streams(broker, directory, figures);
        }
        memory(figures);
        profiles(figures);
        return figures;
    }

    private static int setting(String name, int standard) {
        String value = System.getenv(name);
        return value == null ? standard : Integer.parseInt(value);
    }

    private void streams(BrokerProcess broker, Path directory, Figures figures)
            throws IOException, InterruptedException {
        Traffic plain = filled(broker, "plain", 1, MORE_EVENTS, ROWS_PER_WINDOW, false);
        Traffic joined = filled(broker, "joined", 1, FEWER_EVENTS, ROWS_PER_WINDOW, true);
        int rowsPerModel = EVENTS / MANY_MODELS / WINDOWS_EACH;
        Traffic few = filled(broker, "few", 1, EVENTS, rowsPerModel, false);
        Traffic many = filled(broker, "many", MANY_MODELS, EVENTS, rowsPerModel, false);
        List<TopologyRun> parse = new ArrayList<>();
        List<TopologyRun> whole = new ArrayList<>();
        List<TopologyRun> withJoin = new ArrayList<>();
        List<TopologyRun> oneModel = new ArrayList<>();
        List<TopologyRun> manyModels = new ArrayList<>();
        for (int round = 1 - WARM_UP_ROUNDS; round <= ROUNDS; round++) {
            boolean counts = round > 0;
            keep(counts, parse, "parse only", parse(plain, broker, directory));
            keep(counts, whole, "whole", detect(plain, broker, directory));
            keep(counts, oneModel, "whole, short windows", detect(few, broker, directory));
            keep(counts, manyModels, "whole, 1,000 models", detect(many, broker, directory));
            if (round <= LONG_ROUNDS) {
                keep(counts, withJoin, "whole, labels awaited", detect(joined, broker, directory));
            }
        }
        Table table = new Table("topology", "events/s", "µs of CPU", "broker's µs", "of parse only", "by CPU");
        row(table, "parse only", parse, parse);
        row(table, "whole, 1 model", whole, parse);
        row(table, "whole, labels awaited", withJoin, parse);
        row(table, "whole, short windows", oneModel, parse);
        row(table, "whole, 1,000 models, short windows", manyModels, parse);
        System.out.println("\n" + table);
        System.out.println("1,000 models for one, in processor time: "
                + ratios(manyModels, oneModel, TopologyRun::cpuMicros).medianText()
                + " times as much an event; ms to start with each: "
                + startMillisPerModel(manyModels, oneModel).medianText() + "\n");
        figures.add("ratioToParse", ratios(whole, parse, TopologyRun::perSecond).median())
                .add(
                        "cpuRatioToParse",
                        ratios(parse, whole, TopologyRun::cpuMicros).median())
                .add(
                        "ratioToParseLabelsAwaited",
                        ratios(withJoin, parse, TopologyRun::perSecond).median())
                .add("eventsPerSecond", of(whole, TopologyRun::perSecond).median())
                .add("parseEventsPerSecond", of(parse, TopologyRun::perSecond).median())
                .add(
                        "costRatio1000Models",
                        ratios(manyModels, oneModel, TopologyRun::cpuMicros).median())
                .add(
                        "startMillisPerModel",
                        startMillisPerModel(manyModels, oneModel).median());
    }

    /** What the start takes longer with all of the models than with one, shared out among them. */
    private static Sample startMillisPerModel(List<TopologyRun> many, List<TopologyRun> one) {
        return new Sample(IntStream.range(0, many.size())
                .mapToDouble(i -> (many.get(i).startMillis() - one.get(i).startMillis()) / (MANY_MODELS - 1))
                .toArray());
    }

    private static Traffic filled(
            BrokerProcess broker, String prefix, int models, int events, int rowsPerWindow, boolean labels) {
        Traffic traffic = new Traffic(new Topics(prefix, 4, (short) 1), models, events, rowsPerWindow, labels);
        traffic.fill(broker.bootstrapServers());
        System.out.printf(Locale.ROOT, "… %,d events of %,d models written to %s%n", events, models, prefix);
        return traffic;
    }

    private static void keep(boolean counts, List<TopologyRun> runs, String name, TopologyRun run) {
        System.out.printf(
                Locale.ROOT,
                "… %-22s %,9.0f events/s, %.2f µs of CPU, %.2f µs of the broker%s%n",
                name,
                run.perSecond(),
                run.cpuMicros(),
                run.brokerMicros(),
                counts ? "" : " (warms up)");
        if (counts) {
            runs.add(run);
        }
    }

    private static TopologyRun parse(Traffic traffic, BrokerProcess broker, Path directory)
            throws IOException, InterruptedException {
        LongAdder parsed = new LongAdder();
        LongAdder sum = new LongAdder();
        TopologyRun run = TopologyRun.of(
                ParseOnly.of(traffic.topics().predictions(), parsed, sum),
                traffic,
                broker,
                directory,
                COMMIT,
                parsed::sum);
        if (sum.sum() == 0) {
            throw new IllegalStateException("nothing was read");
        }
        return run;
    }

    private TopologyRun detect(Traffic traffic, BrokerProcess broker, Path directory)
            throws IOException, InterruptedException {
        long before = count("homeostat.detector.predictions");
        long windows = count("homeostat.detector.windows.closed");
        TopologyRun run = TopologyRun.of(
                Topologies.of(
                        traffic.topics(), List.of(new DetectorPart(UserTopics.of(traffic.topics(), ""), PATIENCE))),
                traffic,
                broker,
                directory,
                COMMIT,
                () -> Math.min(
                        count("homeostat.detector.predictions") - before,
                        // shares of windows are read when they are committed: not the end before one was tested
                        count("homeostat.detector.windows.closed") > windows ? Long.MAX_VALUE : traffic.events() - 1));
        long closed = count("homeostat.detector.windows.closed") - windows;
        long dead = count("homeostat.dead.letters");
        if (closed == 0 || dead > 0) {
            throw new IllegalStateException(closed + " windows were tested, " + dead + " events set aside");
        }
        return run;
    }

    private long count(String meter) {
        return (long) meters.find(meter).meters().stream()
                .mapToDouble(each -> each.measure().iterator().next().getValue())
                .sum();
    }

    private static void row(Table table, String name, List<TopologyRun> runs, List<TopologyRun> parse) {
        table.row(
                name,
                of(runs, TopologyRun::perSecond).medianText(),
                of(runs, TopologyRun::cpuMicros).medianText(),
                of(runs, TopologyRun::brokerMicros).medianText(),
                ratios(runs, parse, TopologyRun::perSecond).medianText(),
                ratios(parse, runs, TopologyRun::cpuMicros).medianText());
    }

    private static Sample of(List<TopologyRun> runs, ToDoubleFunction<TopologyRun> figure) {
        return new Sample(runs.stream().mapToDouble(figure).toArray());
    }

    /** Round by round: what the machine does besides falls on both. */
    private static Sample ratios(
            List<TopologyRun> runs, List<TopologyRun> others, ToDoubleFunction<TopologyRun> figure) {
        return new Sample(IntStream.range(0, Math.min(runs.size(), others.size()))
                .mapToDouble(i -> figure.applyAsDouble(runs.get(i)) / figure.applyAsDouble(others.get(i)))
                .toArray());
    }

    private static void memory(Figures figures) throws InterruptedException {
        ModelFootprint.measure(200, false, ModelFootprint.Kind.NUMBER); // warms up
        ModelFootprint numbers = ModelFootprint.measure(200, false, ModelFootprint.Kind.NUMBER);
        ModelFootprint mixed = ModelFootprint.measure(200, false, ModelFootprint.Kind.values());
        Table table = new Table("a model of 200 features", "heap MB", "stored MB");
        table.row("numbers", text(numbers.heapMegabytes()), text(numbers.stateMegabytes()));
        table.row("numbers, categories, identifiers", text(mixed.heapMegabytes()), text(mixed.stateMegabytes()));
        System.out.println(table);
        figures.add("megabytesPer200FeatureModel", Math.max(numbers.heapMegabytes(), mixed.heapMegabytes()));
    }

    private static void profiles(Figures figures) {
        ProfileCost cost = new ProfileCost();
        List<Double> reference = new ArrayList<>();
        List<Double> window = new ArrayList<>();
        for (int i = 0; i <= REPETITIONS; i++) {
            ProfileCost.Seconds seconds = cost.once();
            if (i > 0) {
                reference.add(seconds.reference());
                window.add(seconds.profileAndTest());
            }
        }
        cost.nanosPerRow(1_000_000); // warms up
        double few = Sample.of(IntStream.range(0, REPETITIONS)
                        .mapToObj(r -> cost.nanosPerRow(100_000))
                        .toList())
                .median();
        double lots = cost.nanosPerRow(10_000_000);
        System.out.printf(Locale.ROOT, "… %.0f ns a row of 10^5, %.0f ns a row of 10^7%n", few, lots);
        Table table = new Table("20 columns, 100,000 rows, one thread", "seconds of CPU");
        table.row("reference built", Sample.of(reference).medianText());
        table.row("window profiled and tested", Sample.of(window).medianText());
        System.out.println(table);
        figures.add("costRatio1e7Events", lots / few)
                .add("seconds100kRows", Sample.of(window).median())
                .add("seconds100kRowsReference", Sample.of(reference).median());
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
