package io.homeostat.benchmarks.study;

import io.homeostat.benchmarks.harness.Data;
import io.homeostat.study.space.CategoricalParameter;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Parameter;
import io.homeostat.study.space.Space;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * Recorded evaluations as tasks: a configuration has the value of the nearest recorded one, by the sum over the
 * parameters of the squared distance on the unit interval, 1 for another choice; of equals the first recorded. Regret is
 * in units of the range of the recorded values.
 */
final class RecordedTasks {
    private static final int EVERY = 16; // of the tasks of openml_pimp
    private static final List<String> MLP =
            List.of("australian", "blood_transfusion", "car", "credit_g", "kc1", "phoneme", "segment", "vehicle");

    private RecordedTasks() {}

    /** Recorded configurations and their values, less being better. */
    record Recorded(List<Map<String, Object>> configurations, List<Double> values) {
        Recorded() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        void add(Map<String, Object> configuration, double value) {
            configurations.add(configuration);
            values.add(value);
        }
    }

    /** All eight tables of {@code hpobench_mlp}: 1 − balanced accuracy, the mean of five seeds. */
    static List<Task> mlp() throws IOException {
        List<Task> tasks = new ArrayList<>();
        for (String name : MLP) {
            List<String[]> rows = rows("tuning/hpobench_mlp/" + name + ".csv.gz");
            String[] heads = rows.get(0);
            Recorded recorded = new Recorded();
            List<TreeSet<Double>> levels = new ArrayList<>();
            for (int j = 0; j < 5; j++) {
                levels.add(new TreeSet<>());
            }
            for (String[] row : rows.subList(1, rows.size())) {
                Map<String, Object> configuration = new LinkedHashMap<>();
                for (int j = 0; j < 5; j++) {
                    double value = Double.parseDouble(row[j]);
                    levels.get(j).add(value);
                    configuration.put(heads[j], value);
                }
                double accuracy = Arrays.stream(row, 5, 10)
                        .mapToDouble(Double::parseDouble)
                        .average()
                        .orElseThrow();
                recorded.add(configuration, 1 - accuracy);
            }
            Map<String, Object> space = new LinkedHashMap<>();
            for (int j = 0; j < 5; j++) {
                space.put(heads[j], Map.of("ordinal", List.copyOf(levels.get(j))));
            }
            tasks.add(task("mlp", name, Space.parse(space), recorded));
        }
        return tasks;
    }

    /** A task with what was recorded of it. */
    record RecordedTask(Task task, Recorded recorded) {}

    /** Every sixteenth random-forest task of {@code openml_pimp}: 1 − accuracy. */
    static List<Task> forest() throws IOException {
        return some(allForest());
    }

    /** Every sixteenth AdaBoost task of {@code openml_pimp}: 1 − accuracy. */
    static List<Task> adaboost() throws IOException {
        return some(allAdaboost());
    }

    private static List<Task> some(List<RecordedTask> all) {
        return IntStream.range(0, all.size())
                .filter(i -> i % EVERY == 0)
                .mapToObj(i -> all.get(i).task())
                .toList();
    }

    /** All random-forest tasks of {@code openml_pimp}, named forest and OpenML's number. */
    static List<RecordedTask> allForest() throws IOException {
        Map<String, Object> space = new LinkedHashMap<>();
        space.put("bootstrap", Map.of("categorical", List.of("True", "False")));
        space.put("criterion", Map.of("categorical", List.of("entropy", "gini")));
        space.put("max_features", Map.of("float", List.of(0.1, 0.9)));
        space.put("min_samples_leaf", Map.of("int", List.of(1, 20)));
        space.put("min_samples_split", Map.of("int", List.of(2, 20)));
        space.put("strategy", Map.of("categorical", List.of("mean", "median", "most_frequent")));
        return pimp("forest", "tuning/openml_pimp/random_forest.arff.gz", Space.parse(space), row -> {
            Map<String, Object> configuration = new LinkedHashMap<>();
            configuration.put("bootstrap", row[0]);
            configuration.put("criterion", row[1]);
            configuration.put("max_features", Double.parseDouble(row[3]));
            configuration.put("min_samples_leaf", Long.parseLong(row[5]));
            configuration.put("min_samples_split", Long.parseLong(row[6]));
            configuration.put("strategy", row[9]);
            return configuration;
        });
    }

    /** All AdaBoost tasks of {@code openml_pimp}, named adaboost and OpenML's number. */
    static List<RecordedTask> allAdaboost() throws IOException {
        Map<String, Object> space = new LinkedHashMap<>();
        space.put("algorithm", Map.of("categorical", List.of("SAMME", "SAMME.R")));
        space.put("learning_rate", Map.of("float", List.of(0.01, 2.0), "log", true));
        space.put("max_depth", Map.of("int", List.of(1, 10)));
        space.put("n_estimators", Map.of("int", List.of(50, 500)));
        space.put("strategy", Map.of("categorical", List.of("mean", "median", "most_frequent")));
        return pimp("adaboost", "tuning/openml_pimp/adaboost.arff.gz", Space.parse(space), row -> {
            Map<String, Object> configuration = new LinkedHashMap<>();
            configuration.put("algorithm", row[0]);
            configuration.put("learning_rate", Double.parseDouble(row[1]));
            configuration.put("max_depth", Long.parseLong(row[2]));
            configuration.put("n_estimators", Long.parseLong(row[3]));
            configuration.put("strategy", row[4]);
            return configuration;
        });
    }

    private static List<RecordedTask> pimp(
            String family, String file, Space space, Function<String[], Map<String, Object>> configuration)
            throws IOException {
        Map<Integer, Recorded> byTask = new TreeMap<>();
        for (String[] row : rows(file)) {
            if (row.length < 7 || row[0].startsWith("@") || row[0].startsWith("%")) {
                continue;
            }
            Map<String, Object> values = configuration.apply(row);
            values.entrySet().removeIf(value -> !space.accepts(value.getKey(), value.getValue()));
            if (values.size() == space.parameters().size()) {
                byTask.computeIfAbsent(Integer.valueOf(row[row.length - 1]), id -> new Recorded())
                        .add(values, 1 - Double.parseDouble(row[row.length - 2]));
            }
        }
        List<RecordedTask> tasks = new ArrayList<>();
        byTask.forEach(
                (id, recorded) -> tasks.add(new RecordedTask(task(family, family + id, space, recorded), recorded)));
        return tasks;
    }

    /**
     * For development only: XGBoost on MNIST at three sizes, and the last losses of four recurrent networks' optimisers.
     */
    static List<Task> development() throws IOException {
        List<Task> tasks = new ArrayList<>();
        List<RecordedTask> sizes = boosting();
        for (int i = 8; i < sizes.size(); i += 9) {
            tasks.add(sizes.get(i).task());
        }
        for (String network : List.of("IRNN64_relu_avg_bs128", "IRNN64_relu_last_bs128", "LSTM128_bs128")) {
            tasks.add(taskset(network));
        }
        return tasks;
    }

    /** XGBoost on MNIST, from the smallest size of the data to the largest, named xgboost and the size: errors. */
    static List<RecordedTask> boosting() throws IOException {
        Map<String, Object> space = new LinkedHashMap<>();
        space.put("learning_rate", Map.of("float", List.of(1e-6, 1.0), "log", true));
        space.put("min_child_weight", Map.of("float", List.of(1e-6, 32.0), "log", true));
        space.put("max_depth", Map.of("int", List.of(2, 32), "log", true));
        space.put("n_estimators", Map.of("int", List.of(2, 256), "log", true));
        List<String[]> rows = rows("tuning/othpo_xgboost/xgboost_mnist_28sizes.csv.gz");
        Map<Integer, Recorded> bySize = new TreeMap<>();
        Space boosting = Space.parse(space);
        for (String[] row : rows.subList(1, rows.size())) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("learning_rate", Double.parseDouble(row[1]));
            values.put("min_child_weight", Double.parseDouble(row[2]));
            values.put("max_depth", Long.parseLong(row[3]));
            values.put("n_estimators", Long.parseLong(row[4]));
            bySize.computeIfAbsent(Integer.valueOf(row[5]), size -> new Recorded())
                    .add(boosting.project(values).configuration().values(), Double.parseDouble(row[7]));
        }
        List<RecordedTask> tasks = new ArrayList<>();
        bySize.forEach((size, recorded) ->
                tasks.add(new RecordedTask(task("xgboost", "xgboost" + size, boosting, recorded), recorded)));
        return tasks;
    }

    private static Task taskset(String network) throws IOException {
        List<String[]> rows = rows("tuning/taskset_rnn/FixedTextRNNClassification_imdb_patch32_" + network + ".csv.gz");
        Recorded recorded = new Recorded();
        double[] low = new double[8];
        double[] high = new double[8];
        Arrays.fill(low, Double.POSITIVE_INFINITY);
        for (String[] row : rows.subList(1, rows.size())) {
            Map<String, Object> values = new LinkedHashMap<>();
            for (int j = 0; j < 8; j++) {
                double value = Double.parseDouble(row[j]);
                value = j == 1 || j == 2 ? Math.max(1e-7, 1 - value) : Math.max(1e-12, value);
                low[j] = Math.min(low[j], value);
                high[j] = Math.max(high[j], value);
                values.put(rows.get(0)[j], value);
            }
            double loss = row[58].equalsIgnoreCase("nan") ? 2 : Double.parseDouble(row[58]);
            recorded.add(values, Math.min(2, loss));
        }
        Map<String, Object> space = new LinkedHashMap<>();
        for (int j = 0; j < 8; j++) {
            space.put(rows.get(0)[j], Map.of("float", List.of(low[j], high[j]), "log", true));
        }
        return task("taskset", network, Space.parse(space), recorded);
    }

    private static Task task(String family, String name, Space space, Recorded recorded) {
        int n = recorded.values.size();
        int d = space.parameters().size();
        List<Parameter> parameters = List.copyOf(space.parameters().values());
        double[] units = new double[n * d];
        for (int i = 0; i < n; i++) {
            Configuration configuration = space.validate(recorded.configurations.get(i));
            System.arraycopy(space.toUnit(configuration), 0, units, i * d, d);
        }
        double[] values =
                recorded.values.stream().mapToDouble(Double::doubleValue).toArray();
        double least = Arrays.stream(values).min().orElseThrow();
        double most = Arrays.stream(values).max().orElseThrow();
        Task.Instance instance = new Task.Instance(
                configuration -> values[nearest(parameters, units, space.toUnit(configuration))],
                least,
                most > least ? most - least : 1);
        return new Task(family, name, space, seed -> instance);
    }

    private static int nearest(List<Parameter> parameters, double[] units, double[] place) {
        int d = place.length;
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i * d < units.length; i++) {
            double distance = 0;
            for (int j = 0; j < d && distance < least; j++) {
                double gap = place[j] - units[i * d + j];
                distance += parameters.get(j) instanceof CategoricalParameter ? (gap == 0 ? 0 : 1) : gap * gap;
            }
            if (distance < least) {
                least = distance;
                nearest = i;
            }
        }
        return nearest;
    }

    private static List<String[]> rows(String file) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(Data.file(file))), StandardCharsets.UTF_8))) {
            return reader.lines().map(line -> line.split(",")).toList();
        }
    }
}
