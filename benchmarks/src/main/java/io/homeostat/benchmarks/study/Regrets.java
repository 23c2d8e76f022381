package io.homeostat.benchmarks.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The regrets of contenders on the same tasks and seeds. Every task weighs the same in its family, every family the same in
 * the mean of all.
 */
final class Regrets {
    /** What stands for the mean of all families. */
    static final String ALL = "all";

    private final int seeds;
    private final Map<String, Map<String, Map<String, double[][]>>> byContender = new LinkedHashMap<>();

    Regrets(int seeds) {
        this.seeds = seeds;
    }

    /**
     * Adds a contender's regrets on a task.
     *
     * @param bySeed for each seed, after each of {@link ColdStudy#TRIALS}
     */
    void put(String contender, Task task, double[][] bySeed) {
        byContender
                .computeIfAbsent(contender, c -> new LinkedHashMap<>())
                .computeIfAbsent(task.family(), f -> new TreeMap<>())
                .put(task.name(), bySeed);
    }

    List<String> contenders() {
        return List.copyOf(byContender.keySet());
    }

    /** The families, and {@link #ALL}. */
    List<String> families() {
        List<String> families = new ArrayList<>(of(contenders().get(0)).keySet());
        families.add(ALL);
        return families;
    }

    private Map<String, Map<String, double[][]>> of(String contender) {
        return byContender.getOrDefault(contender, Map.of());
    }

    /** The mean over the tasks of a family, or over the families, by seed. */
    double[] bySeed(String contender, String family, int at) {
        List<Map<String, double[][]>> chosen = new ArrayList<>();
        of(contender).forEach((name, tasks) -> {
            if (family.equals(ALL) || family.equals(name)) {
                chosen.add(tasks);
            }
        });
        double[] means = new double[seeds];
        for (Map<String, double[][]> tasks : chosen) {
            for (double[][] task : tasks.values()) {
                for (int seed = 0; seed < seeds; seed++) {
                    means[seed] += task[seed][at] / tasks.size() / chosen.size();
                }
            }
        }
        return means;
    }

    /** The mean over the seeds, by task in the order of families. */
    Map<String, Double> byTask(String contender, int at) {
        Map<String, Double> means = new LinkedHashMap<>();
        of(contender)
                .values()
                .forEach(tasks -> tasks.forEach((task, regrets) -> {
                    double sum = 0;
                    for (double[] each : regrets) {
                        sum += each[at] / seeds;
                    }
                    means.put(task, sum);
                }));
        return means;
    }
}
