package io.homeostat.benchmarks.study;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.benchmarks.study.RecordedTasks.RecordedTask;
import io.homeostat.metastore.recommend.Question;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Records of many models, made up from real ones: a model tunes a random forest, AdaBoost or XGBoost on data like that of a
 * recorded task, drifting from study to study, in a space that is the recorded one or, for three models of five, narrower or with
 * another parameter. A study has 12 to 60 of the recorded evaluations, their values moved a little. Of the data 30 meta-features
 * are known, one in twenty of them missing; of one model in twenty none.
 */
final class SyntheticRecords {
    private static final Instant START = Instant.parse("2024-12-01T00:00:00Z");
    private static final int FEATURES = 30;
    private static final int NARROWINGS = 12;
    private static final List<String> ADDED = List.of("none", "sqrt", "log2");

    private final List<RecordedTask> tasks = new ArrayList<>();
    private final List<Map<String, Double>> qualities;
    private final int models;

    SyntheticRecords(int models) throws IOException {
        this.models = models;
        tasks.addAll(RecordedTasks.allForest());
        tasks.addAll(RecordedTasks.allAdaboost());
        tasks.addAll(RecordedTasks.boosting());
        qualities = List.copyOf(WarmFlows.qualities().values());
    }

    /** A model and what it tunes. */
    private record Model(
            String name, RecordedTask task, Map<String, Object> space, boolean added, Map<String, Double> features) {}

    private Model model(int number) {
        SplittableRandom random = new SplittableRandom(number);
        RecordedTask task = tasks.get(random.nextInt(tasks.size()));
        Map<String, Object> space = new LinkedHashMap<>(task.task().space().toMap());
        boolean added = false;
        if (random.nextInt(5) < 3) {
            added = random.nextBoolean();
            if (added) {
                space.put("features", Map.of("categorical", ADDED));
            } else {
                narrow(space, random.nextInt(NARROWINGS));
            }
        }
        Map<String, Double> features = new TreeMap<>();
        if (random.nextInt(20) > 0) {
            Map<String, Double> real = qualities.get(random.nextInt(qualities.size()));
            real.entrySet().stream()
                    .limit(FEATURES)
                    .forEach(feature -> features.put(feature.getKey(), feature.getValue()));
        }
        return new Model("model-" + number, task, space, added, features);
    }

    /* The upper end of a range comes down by up to a third; which range and how far is one of a few. */
    private static void narrow(Map<String, Object> space, int way) {
        List<String> ranges = space.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Map<?, ?> body
                        && (body.containsKey("int") || body.containsKey("float")))
                .map(Map.Entry::getKey)
                .toList();
        String name = ranges.get(way % ranges.size());
        Map<String, Object> body = new LinkedHashMap<>((Map<String, Object>) space.get(name));
        String kind = body.containsKey("int") ? "int" : "float";
        if (!(body.get(kind) instanceof List<?> range)) {
            return;
        }
        double low = ((Number) range.get(0)).doubleValue();
        double high = ((Number) range.get(1)).doubleValue();
        double end = high - (high - low) * (1 + way % 4) / 12;
        body.put(kind, List.of(range.get(0), kind.equals("int") ? (Object) Math.round(end) : (Object) end));
        space.put(name, body);
    }

    /** The study with a number: each model in turn. */
    @SuppressWarnings("NullAway") // liveOutcome may be null; the check does not see that of a nested type
    MetaRecord record(int number) {
        Model model = model(number % models);
        SplittableRandom random = new SplittableRandom(1_000_003L * number + 17);
        List<MetaRecord.Evaluation> trials = new ArrayList<>();
        int count = 12 + random.nextInt(49);
        for (int i = 0; i < count; i++) {
            int drawn = random.nextInt(model.task.recorded().values().size());
            Map<String, Object> parameters =
                    new TreeMap<>(model.task.recorded().configurations().get(drawn));
            if (model.added) {
                parameters.put("features", ADDED.get(random.nextInt(ADDED.size())));
            }
            double value = model.task.recorded().values().get(drawn) + .002 * random.nextGaussian();
            trials.add(new MetaRecord.Evaluation(parameters, value, i));
        }
        trials.sort(Comparator.comparingDouble(MetaRecord.Evaluation::value));
        int round = number / models;
        return new MetaRecord(
                "study-" + number,
                model.name,
                model.task.task().family(),
                "error",
                "minimize",
                START.plus(Duration.ofDays(round)).plusSeconds(number % models),
                features(model, round, random),
                model.space,
                trials.get(0).parameters(),
                trials.get(0).value(),
                trials,
                count,
                1_000L * count,
                null,
                null);
    }

    private static Map<String, Double> features(Model model, int round, SplittableRandom random) {
        Map<String, Double> features = new TreeMap<>();
        model.features.forEach((name, value) -> {
            if (random.nextInt(20) > 0) {
                features.put(name, value * (1 + .002 * round) + .05 * random.nextGaussian());
            }
        });
        return features;
    }

    /** A question: of even numbers by a model that is known, of odd ones by a new one. */
    Question question(int number, int n) {
        SplittableRandom random = new SplittableRandom(99_991L * number + 5);
        Model model = model(random.nextInt(number % 2 == 0 ? models : Integer.MAX_VALUE / 2));
        String name = number % 2 == 0 ? model.name : "new-" + number;
        return new Question(name, model.task.task().family(), features(model, 200, random), model.space, n);
    }
}
