package io.homeostat.benchmarks.drift;

import io.homeostat.benchmarks.drift.SeasonCase.Shape;
import io.homeostat.benchmarks.harness.Benchmark;
import io.homeostat.benchmarks.harness.Figures;
import io.homeostat.benchmarks.harness.Sample;
import io.homeostat.benchmarks.harness.Table;
import io.homeostat.drift.statistics.monitor.AlarmPolicy;
import io.homeostat.drift.statistics.profile.FeatureType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Seasons: does a reference that knows the hour of the week stay silent on a season, and still find a shift of .3 σ
 * that begins in the first half of the watched time and lasts? Beside it a reference that does not know the time. Alarms are counted at both the default size of an alarming effect
 * and the smallest (largeEffect 1): any drift that lasts two windows. Of the weather also what an oracle would find.
 */
public final class SeasonBenchmark implements Benchmark {
    private static final int SEEDS = 10;
    private static final int PLACES = 5;
    private static final double SHIFT = 0.3;
    private static final List<String> WEATHER = List.of("temp", "feelingTemp", "humidity", "windspeed");
    private static final List<String> CALENDAR = List.of("hour", "weekday", "workingday", "holiday", "weathersit");
    private static final List<String> DEMAND = List.of("casual", "registered", "count");

    private final Table table = new Table(
            "stream",
            "reference",
            "windows",
            "rows each",
            "alarms",
            "at default",
            "too few",
            "injected .3 σ",
            "found",
            "after windows (median)");
    private final Table inflations = new Table("stream", "feature", "variance between windows / chance");

    private record Outcome(int alarms, int found, int injected) {}

    @Override
    public Figures run() throws Exception {
        List<Outcome> seasonal = new ArrayList<>();
        List<SeasonCase> weekly = new ArrayList<>();
        List<SeasonCase> varied = new ArrayList<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            weekly.add(SeasonCase.weekly(seed, Shape.PLAIN));
            varied.add(SeasonCase.weekly(seed, Shape.drawn(seed)));
        }
        Outcome synthetic = both("weekly, 6 h", weekly);
        seasonal.add(synthetic);
        Outcome others = both("weekly, varied, 6 h", varied);
        Outcome days = both(
                "bike weather, 1 day", List.of(SeasonCase.bike("bike", WEATHER, CALENDAR, Duration.ofDays(1), 20)));
        Outcome weeks = both(
                "bike weather, 7 days", List.of(SeasonCase.bike("bike", WEATHER, CALENDAR, Duration.ofDays(7), 100)));
        Outcome growth = both(
                "bike demand (grows), 7 days",
                List.of(SeasonCase.bike("bike", DEMAND, List.of(), Duration.ofDays(7), 100)));
        seasonal.add(days);
        seasonal.add(weeks);
        System.out.println(table);
        System.out.println(inflations);
        SeasonOracle oracle =
                new SeasonOracle(SeasonCase.bike("bike", WEATHER, CALENDAR, Duration.ofDays(7), 100), SHIFT, PLACES);
        double byItself = oracle.found(false);
        double givenTheOthers = oracle.found(true);
        System.out.println(oracle.table());
        ModelFootprint.measure(200, true, ModelFootprint.Kind.values()); // warms up
        Table memory = new Table("200 features", "heap MB", "stored MB");
        footprint(memory, "numbers", false, ModelFootprint.Kind.NUMBER);
        footprint(memory, "categories", false, ModelFootprint.Kind.CATEGORY);
        footprint(memory, "identifiers", false, ModelFootprint.Kind.IDENTIFIER);
        footprint(memory, "all three", false, ModelFootprint.Kind.values());
        ModelFootprint seasonalModel =
                footprint(memory, "all three, with a season", true, ModelFootprint.Kind.values());
        System.out.println(memory);
        double injected = seasonal.stream().mapToInt(Outcome::injected).sum();
        return new Figures()
                .add(
                        "seasonFalseAlarms",
                        seasonal.stream().mapToInt(Outcome::alarms).sum())
                .add("injectedFound", seasonal.stream().mapToInt(Outcome::found).sum() / injected)
                .add("seasonFalseAlarmsSynthetic", synthetic.alarms())
                .add("injectedFoundSynthetic", synthetic.found() / (double) synthetic.injected())
                .add("variedFalseAlarms", others.alarms())
                .add("variedInjectedFound", others.found() / (double) others.injected())
                .add("seasonFalseAlarmsBike", days.alarms() + weeks.alarms())
                .add(
                        "injectedFoundBike",
                        (days.found() + weeks.found()) / (double) (days.injected() + weeks.injected()))
                .add("oracleFoundBike", byItself)
                .add("oracleFoundBikeGivenTheOthers", givenTheOthers)
                .add("growthAlarms", growth.alarms())
                .add("megabytesPer200SeasonalFeatures", seasonalModel.heapMegabytes());
    }

    private static ModelFootprint footprint(Table table, String name, boolean seasonal, ModelFootprint.Kind... kinds)
            throws InterruptedException {
        ModelFootprint found = ModelFootprint.measure(200, seasonal, kinds);
        table.row(
                name,
                String.format(Locale.ROOT, "%.1f", found.heapMegabytes()),
                String.format(Locale.ROOT, "%.1f", found.stateMegabytes()));
        return found;
    }

    private Outcome both(String name, List<SeasonCase> streams) {
        outcome(name, streams, false);
        return outcome(name, streams, true);
    }

    private Outcome outcome(String name, List<SeasonCase> streams, boolean seasonal) {
        System.out.println(name + (seasonal ? ", seasonal reference …" : ", global reference …"));
        int windows = 0;
        int rows = 0;
        int alarms = 0;
        int large = 0;
        List<Integer> delays = new ArrayList<>();
        int injected = 0;
        double tooFew = 0;
        for (SeasonCase stream : streams) {
            SeasonWatch watch = new SeasonWatch(stream, seasonal, 1);
            windows += watch.windows();
            rows += stream.watched().size();
            alarms += watch.alarms();
            tooFew += watch.tooFew() / streams.size();
            large += new SeasonWatch(stream, seasonal, AlarmPolicy.DEFAULT.largeEffect()).alarms();
            for (Map.Entry<String, FeatureType> feature :
                    stream.schema().features().entrySet()) {
                for (int place = 0; place < PLACES && feature.getValue() == FeatureType.NUMERIC; place++) {
                    int first = place * watch.windows() / (2 * PLACES);
                    injected++;
                    watch.finds(feature.getKey(), SHIFT, first).ifPresent(delays::add);
                }
            }
            if (seasonal && stream == streams.get(0)) {
                watch.inflation().forEach((f, c) -> inflations.row(name, f, String.format(Locale.ROOT, "%.1f", c)));
            }
        }
        table.row(
                name,
                seasonal ? "seasonal" : "global",
                windows,
                rows / windows,
                alarms,
                large,
                String.format(Locale.ROOT, "%.2f", tooFew),
                injected,
                share(delays.size(), injected),
                delays.isEmpty() ? "–" : Sample.of(delays).medianText());
        return new Outcome(alarms, delays.size(), injected);
    }

    private static String share(int found, int injected) {
        return String.format(Locale.ROOT, "%.2f", found / (double) injected);
    }
}
