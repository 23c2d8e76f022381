package io.homeostat.benchmarks.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Results of studies in a file, to be deleted where what they follow from changes. Safe for many threads. */
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

    /** What a study comes to. */
    @FunctionalInterface
    interface Run {
        double[] numbers() throws IOException;
    }

    /** The numbers of a study: known, or found out and kept. */
    double[] get(String contender, Task task, long seed, Run run) throws IOException {
        return get(task.family() + "," + task.name() + "," + contender + "," + seed, run);
    }

    /** The same for whatever else this is the key of; it holds no semicolon. */
    double[] get(String key, Run run) throws IOException {
        double[] before = known(key);
        if (before.length > 0) {
            return before;
        }
        double[] found = run.numbers();
        put(key, found);
        return found;
    }

    private synchronized double[] known(String key) {
        return known.getOrDefault(key, new double[0]);
    }

    private synchronized void put(String key, double[] numbers) throws IOException {
        known.put(key, numbers);
        String line =
                key + ";" + Arrays.stream(numbers).mapToObj(Double::toString).collect(Collectors.joining(";"));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
