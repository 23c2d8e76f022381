package io.homeostat.benchmarks.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Peers' regrets in a file, for they do not change; delete it where tasks do. Safe for many threads. */
final class RegretCache {
    private final Path file;
    private final Map<String, double[]> known = new HashMap<>();

    RegretCache(Path file) {
        this.file = file;
        try {
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    String[] parts = line.split(";");
                    known.put(
                            parts[0],
                            Arrays.stream(parts)
                                    .skip(1)
                                    .mapToDouble(Double::parseDouble)
                                    .toArray());
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The regrets of a study; none if it is not known. */
    synchronized double[] get(String key) {
        return known.getOrDefault(key, new double[0]);
    }

    synchronized void put(String key, double[] regrets) throws IOException {
        known.put(key, regrets);
        String line =
                key + ";" + Arrays.stream(regrets).mapToObj(Double::toString).collect(Collectors.joining(";"));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
