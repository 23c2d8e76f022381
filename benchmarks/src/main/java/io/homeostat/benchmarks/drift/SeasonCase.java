package io.homeostat.benchmarks.drift;

import io.homeostat.benchmarks.harness.Data;
import io.homeostat.drift.statistics.profile.FeatureType;
import io.homeostat.drift.statistics.profile.Schema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;

/** A seasonal stream: rows to learn the reference from, rows to watch. */
record SeasonCase(String name, Schema schema, List<Row> learned, List<Row> watched, Duration window, int minimumRows) {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd-MM-yyyy");
    private static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");
    private static final double[] SLOPE = {1, 0.5, 1.5, 0.3, 0};

    /** A row at its time. */
    record Row(Instant time, Map<String, Object> values) {}

    /** Bike sharing: the first year is learned, the second watched. */
    static SeasonCase bike(String name, List<String> numeric, List<String> categorical, Duration window, int minimum)
            throws IOException {
        Map<String, FeatureType> types = new LinkedHashMap<>();
        numeric.forEach(n -> types.put(n, FeatureType.NUMERIC));
        categorical.forEach(n -> types.put(n, FeatureType.CATEGORICAL));
        Path file = Data.file("streams/bike_sharing/hour.csv.gz");
        List<Row> learned = new ArrayList<>();
        List<Row> watched = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            List<String> heads = List.of(in.readLine().split(","));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] cells = line.split(",");
                Instant time = LocalDate.parse(cells[heads.indexOf("dateday")], DAY)
                        .atTime(Integer.parseInt(cells[heads.indexOf("hour")]), 0)
                        .toInstant(ZoneOffset.UTC);
                Map<String, Object> values = new HashMap<>();
                types.forEach((feature, type) -> {
                    String cell = cells[heads.indexOf(feature)];
                    values.put(feature, type == FeatureType.NUMERIC ? (Object) Double.valueOf(cell) : cell);
                });
                (cells[heads.indexOf("year")].equals("0") ? learned : watched).add(new Row(time, values));
            }
        }
        return new SeasonCase(name, new Schema(types), learned, watched, window, minimum);
    }

    /**
     * How a synthetic week looks.
     *
     * @param amplitude how far the hours and the weekend move the means, 1 for about one standard deviation
     * @param weather the standard deviation of a spell that moves a day's means, and remembers .7 of the day before
     * @param growth by how much the traffic grows over the stream, 1 for twice as many rows
     * @param rows an hour at the start
     */
    record Shape(double amplitude, double weather, double growth, int rows) {
        static final Shape PLAIN = new Shape(1, 0, 0, 100);

        /** One of many. */
        static Shape drawn(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            return new Shape(
                    0.3 + 1.7 * random.nextDouble(),
                    0.1 * random.nextDouble(),
                    3 * random.nextDouble(),
                    40 + random.nextInt(100));
        }
    }

    /**
     * Four weeks learned, eight watched; more rows by day than by night. Five numbers whose mean moves
     * with the hour and the weekday (the last has no season) and whose spread grows at the weekend, and two categories
     * whose shares move with the hour.
     */
    static SeasonCase weekly(long seed, Shape shape) {
        Map<String, FeatureType> types = new LinkedHashMap<>();
        for (int i = 0; i < SLOPE.length; i++) {
            types.put("x" + i, FeatureType.NUMERIC);
        }
        types.put("channel", FeatureType.CATEGORICAL);
        types.put("kind", FeatureType.CATEGORICAL);
        Random random = new Random(seed);
        List<Row> learned = new ArrayList<>();
        List<Row> watched = new ArrayList<>();
        double[] weather = new double[SLOPE.length];
        for (int hour = 0; hour < 12 * 168; hour++) {
            double wave = shape.amplitude * Math.sin(2 * Math.PI * (hour % 24 - 6) / 24);
            boolean weekend = hour / 24 % 7 >= 5;
            if (shape.weather > 0 && hour % 24 == 0) {
                Arrays.setAll(weather, i -> 0.7 * weather[i] + Math.sqrt(0.51) * shape.weather * random.nextGaussian());
            }
            double traffic = shape.rows * (1 + shape.growth * hour / (12 * 168));
            int rows = (int) Math.round(traffic * (1 + 0.7 * wave / shape.amplitude));
            for (int i = 0; i < rows; i++) {
                Instant time = MONDAY.plus(Duration.ofHours(hour)).plusSeconds(random.nextInt(3600));
                (hour < 4 * 168 ? learned : watched).add(new Row(time, values(random, wave, weekend, shape, weather)));
            }
        }
        return new SeasonCase("weekly", new Schema(types), learned, watched, Duration.ofHours(6), 200);
    }

    private static Map<String, Object> values(
            Random random, double wave, boolean weekend, Shape shape, double[] weather) {
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < SLOPE.length; i++) {
            double mean = SLOPE[i] * (wave + (weekend ? 0.6 * shape.amplitude : 0)) + weather[i];
            double spread = weekend && SLOPE[i] > 0 ? 1.3 : 1;
            values.put("x" + i, mean + spread * random.nextGaussian());
        }
        values.put(
                "channel",
                random.nextDouble() < 0.4 + 0.3 * Math.max(-1, Math.min(1, wave))
                        ? "web"
                        : random.nextBoolean() ? "app" : "shop");
        values.put("kind", "k" + (weekend ? random.nextInt(3) : random.nextInt(6)));
        return values;
    }
}
