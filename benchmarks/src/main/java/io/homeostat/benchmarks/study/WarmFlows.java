package io.homeostat.benchmarks.study;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.homeostat.benchmarks.harness.Data;
import io.homeostat.benchmarks.study.RecordedTasks.RecordedTask;
import io.homeostat.meta.similarity.ScaledDistance;
import io.homeostat.meta.transfer.EvaluatedConfiguration;
import io.homeostat.meta.transfer.Goal;
import io.homeostat.meta.transfer.Past;
import io.homeostat.meta.transfer.PastTask;
import io.homeostat.meta.transfer.Target;
import io.homeostat.meta.transfer.TaskRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * The tasks of {@code openml_pimp} as past and future: for each task that is searched all others of the same flow are known,
 * with all that was recorded of them and their meta-features. Every {@code WARM_EVERY}-th task (default 8) from
 * {@code WARM_FROM} on (default 0) is searched.
 *
 * @param targets flow → its tasks to search
 */
record WarmFlows(Map<String, List<Known>> targets) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    /** A task to search, with all others of its flow. */
    record Known(Task task, Past past) {}

    /**
     * Reads them.
     *
     * @param reversed whether the values of the past tasks are to be taken with the wrong sign
     */
    static WarmFlows read(boolean reversed) throws IOException {
        return read(reversed, Past.MOST_TASKS, TaskRecord.MOST_TRIALS);
    }

    /**
     * Reads them for who learns from less.
     *
     * @param tasks of the past at most
     * @param evaluations of each at most
     */
    static WarmFlows read(boolean reversed, int tasks, int evaluations) throws IOException {
        Map<String, Map<String, Double>> qualities = qualities();
        int every = Integer.parseInt(System.getenv().getOrDefault("WARM_EVERY", "8"));
        int from = Integer.parseInt(System.getenv().getOrDefault("WARM_FROM", "0"));
        Map<String, List<Known>> targets = new LinkedHashMap<>();
        targets.put(
                "forest",
                known(records(RecordedTasks.allForest(), qualities, reversed), every, from, tasks, evaluations));
        targets.put(
                "adaboost",
                known(records(RecordedTasks.allAdaboost(), qualities, reversed), every, from, tasks, evaluations));
        return new WarmFlows(targets);
    }

    private static Map<Task, TaskRecord> records(
            List<RecordedTask> tasks, Map<String, Map<String, Double>> qualities, boolean reversed) {
        Map<Task, TaskRecord> records = new LinkedHashMap<>();
        tasks.forEach(each -> records.put(each.task(), record(each, qualities, reversed)));
        return records;
    }

    private static List<Known> known(Map<Task, TaskRecord> records, int every, int from, int most, int evaluations) {
        List<Map.Entry<Task, TaskRecord>> tasks = List.copyOf(records.entrySet());
        Map<String, PastTask.Reading> read = new TreeMap<>(); // so that a task is read and modelled once
        return IntStream.range(0, tasks.size())
                .filter(i -> i % every == from % every)
                .mapToObj(tasks::get)
                .map(entry -> {
                    Task task = entry.getKey();
                    TaskRecord own = entry.getValue();
                    Target target = new Target(task.name(), task.family(), own.metaFeatures(), task.space());
                    List<TaskRecord> others = records.values().stream()
                            .filter(each -> each != own)
                            .toList();
                    ScaledDistance scale = ScaledDistance.fit(
                            others.stream().map(TaskRecord::metaFeatures).toList());
                    return new Known(
                            task,
                            Past.of(
                                    target,
                                    others,
                                    scale,
                                    most,
                                    (record, space) -> read.computeIfAbsent(
                                            record.taskId(),
                                            id -> PastTask.read(record.withTrials(evaluations), space))));
                })
                .toList();
    }

    private static TaskRecord record(RecordedTask each, Map<String, Map<String, Double>> qualities, boolean reversed) {
        List<EvaluatedConfiguration> trials = new ArrayList<>();
        for (int i = 0; i < each.recorded().values().size(); i++) {
            double value = each.recorded().values().get(i);
            trials.add(
                    new EvaluatedConfiguration(each.recorded().configurations().get(i), reversed ? -value : value));
        }
        Task task = each.task();
        return new TaskRecord(
                task.name(),
                task.name(),
                task.family(),
                Instant.EPOCH,
                metaFeatures(task, qualities),
                trials.get(0).parameters(),
                trials.get(0).value(),
                Goal.MINIMIZE,
                trials,
                null,
                null,
                task.space().toMap());
    }

    private static Map<String, Double> metaFeatures(Task task, Map<String, Map<String, Double>> qualities) {
        return qualities.getOrDefault(task.name().substring(task.family().length()), Map.of());
    }

    /* asinh, as counts are to be compared by their logarithms and the others may have any sign. */
    static Map<String, Map<String, Double>> qualities() throws IOException {
        try (InputStream in =
                new GZIPInputStream(Files.newInputStream(Data.file("tuning/openml_pimp/task_qualities.json.gz")))) {
            Map<String, Map<String, Double>> read =
                    JSON.readValue(in, new TypeReference<Map<String, Map<String, Double>>>() {});
            Map<String, Map<String, Double>> scaled = new TreeMap<>();
            read.forEach((task, features) -> {
                Map<String, Double> kept = new TreeMap<>();
                features.forEach((name, value) -> {
                    if (value != null && Double.isFinite(value)) {
                        kept.put(name, Math.copySign(Math.log(Math.abs(value) + Math.hypot(value, 1)), value));
                    }
                });
                scaled.put(task, kept);
            });
            return scaled;
        }
    }
}
