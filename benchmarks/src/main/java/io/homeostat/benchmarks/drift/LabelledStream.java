package io.homeostat.benchmarks.drift;

import io.homeostat.benchmarks.harness.Data;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A stream of labelled rows whose concept changes at known rows.
 *
 * @param name its name in tables
 * @param features per row
 * @param labels per row, 0 or 1
 * @param changes the first row of each new concept, counted from 0
 */
public record LabelledStream(String name, List<double[]> features, List<Integer> labels, List<Integer> changes) {
    private static final int MOST_CATEGORIES = 10;
    private static final List<String> HARVARD = List.of(
            "mixed_0101_abrupto",
            "mixed_1010_abrupto",
            "rt_2563789698568873_abrupto",
            "rt_8873985678962563_abrupto",
            "sea_0123_abrupto_noise_0.2",
            "sea_3210_abrupto_noise_0.2",
            "sine_0123_abrupto",
            "sine_3210_abrupto",
            "stagger_0120_abrupto",
            "stagger_2102_abrupto");

    /** All streams with abrupt changes at known rows. */
    public static List<LabelledStream> withKnownChanges() throws IOException {
        List<LabelledStream> streams = new ArrayList<>();
        for (String name : HARVARD) {
            List<double[]> rows = csv("streams/harvard_lobo/" + name + ".csv.gz", 1);
            List<double[]> features =
                    rows.stream().map(row -> Arrays.copyOf(row, row.length - 1)).toList();
            List<Integer> labels =
                    rows.stream().map(row -> (int) row[row.length - 1]).toList();
            streams.add(new LabelledStream(name, features, labels, List.of(10_000, 20_000, 30_000)));
        }
        List<Integer> labels = csv("streams/sea_vlosing/SEA_training_class.csv.gz", 0).stream()
                .map(row -> (int) row[0])
                .toList();
        List<double[]> features = csv("streams/sea_vlosing/SEA_training_data.csv.gz", 0);
        streams.add(new LabelledStream("sea_vlosing", features, labels, List.of(12_500, 25_000, 37_500)));
        return streams;
    }

    /** The electricity market without its date, 1 where the price goes up; where it changed is not known. */
    public static LabelledStream elec2() throws IOException {
        List<double[]> features = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        try (BufferedReader reader = reader("streams/elec2/elecNorm.arff.gz")) {
            reader.lines()
                    .dropWhile(line -> !line.strip().equalsIgnoreCase("@data"))
                    .skip(1)
                    .forEach(line -> {
                        String[] fields = line.split(",");
                        if (fields.length > 1) {
                            features.add(Arrays.stream(fields, 1, fields.length - 1)
                                    .mapToDouble(Double::parseDouble)
                                    .toArray());
                            labels.add(fields[fields.length - 1].strip().equals("UP") ? 1 : 0);
                        }
                    });
        }
        return new LabelledStream("elec2", features, labels, List.of());
    }

    /** Per feature its number of categories if all its values are 0, 1, … below 10; 0 if it is numeric. */
    public int[] categories() {
        int[] categories = new int[features.get(0).length];
        for (int f = 0; f < categories.length; f++) {
            int feature = f;
            boolean whole = features.stream()
                    .allMatch(row -> row[feature] >= 0 && row[feature] < MOST_CATEGORIES && row[feature] % 1 == 0);
            double most =
                    features.stream().mapToDouble(row -> row[feature]).max().orElse(0);
            categories[f] = whole ? (int) most + 1 : 0;
        }
        return categories;
    }

    private static List<double[]> csv(String file, int headLines) throws IOException {
        try (BufferedReader reader = reader(file)) {
            return reader.lines()
                    .skip(headLines)
                    .filter(line -> !line.isBlank())
                    .map(line -> Arrays.stream(line.split(","))
                            .mapToDouble(Double::parseDouble)
                            .toArray())
                    .toList();
        }
    }

    private static BufferedReader reader(String file) throws IOException {
        return new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(Data.file(file))), StandardCharsets.UTF_8));
    }
}
