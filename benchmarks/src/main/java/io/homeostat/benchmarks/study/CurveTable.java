package io.homeostat.benchmarks.study;

import io.homeostat.benchmarks.harness.Data;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Recorded learning curves: a row per configuration, the loss after each epoch; NaN from where it diverged.
 *
 * @param name of the task
 * @param losses by configuration and epoch, less is better
 */
record CurveTable(String name, double[][] losses) {

    /** How many epochs full training has. */
    int epochs() {
        return losses[0].length;
    }

    /** 0 at the best last loss of the table, 1 at its median. */
    double regret(double loss) {
        double[] ends = Arrays.stream(losses)
                .mapToDouble(curve -> curve[curve.length - 1])
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        return (loss - ends[0]) / (ends[ends.length / 2] - ends[0]);
    }

    /** All tasks of {@code taskset_rnn}. */
    static List<CurveTable> taskset() throws IOException {
        Path folder = Data.file("tuning/taskset_rnn");
        try (Stream<Path> files = Files.list(folder)) {
            List<CurveTable> tables = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(".csv.gz"))
                    .sorted()
                    .toList()) {
                tables.add(read(file));
            }
            return tables;
        }
    }

    private static CurveTable read(Path file) throws IOException {
        String name =
                String.valueOf(file.getFileName()).replaceAll("FixedTextRNNClassification_imdb_|_bs128.csv.gz", "");
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            String[] heads = Objects.requireNonNull(lines.readLine(), () -> file + " is empty")
                    .split(",", -1);
            int[] columns = IntStream.range(0, heads.length)
                    .filter(i -> heads[i].startsWith("valid_loss_"))
                    .toArray();
            return new CurveTable(
                    name,
                    lines.lines()
                            .map(line -> curve(line.split(",", -1), columns))
                            .toArray(double[][]::new));
        }
    }

    private static double[] curve(String[] cells, int[] columns) {
        return Arrays.stream(columns)
                .mapToDouble(i -> cells[i].equals("nan") ? Double.NaN : Double.parseDouble(cells[i]))
                .toArray();
    }
}
