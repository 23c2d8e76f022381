package io.homeostat.meta.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.meta.similarity.Distance;
import io.homeostat.meta.similarity.ScaledDistance;
import io.homeostat.meta.transfer.EvaluatedConfiguration;
import io.homeostat.meta.transfer.Goal;
import io.homeostat.meta.transfer.LiveOutcome;
import io.homeostat.meta.transfer.Target;
import io.homeostat.meta.transfer.TaskRecord;
import io.homeostat.study.space.Space;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TaskIndexTest {
    private static final int OWN = 32;
    private static final int OTHERS = 96;
    private static final Map<String, Object> WRITTEN = Map.of("rate", Map.of("float", List.of(0, 1)));
    private static final Map<String, Object> OTHER = Map.of("depth", Map.of("int", List.of(1, 9)));

    private static TaskRecord record(
            String id,
            String model,
            String trainer,
            long at,
            Map<String, Double> features,
            Map<String, Object> space,
            Map<String, Object> parameters) {
        return new TaskRecord(
                id,
                model,
                trainer,
                Instant.ofEpochSecond(at),
                features,
                parameters,
                .9,
                Goal.MAXIMIZE,
                List.of(new EvaluatedConfiguration(parameters, .9)),
                null,
                null,
                space);
    }

    private static TaskRecord rate(String id, String model, long at, Map<String, Double> features) {
        return record(id, model, "lightgbm", at, features, WRITTEN, Map.of("rate", .5));
    }

    private static Target target(String model, Map<String, Double> features) {
        return new Target(model, "lightgbm", features, Space.parse(WRITTEN));
    }

    private static List<String> ids(Near near) {
        return near.outlines().stream().map(TaskRecord::taskId).toList();
    }

    @Test
    void givesBackWhatWasPut() {
        // given
        Map<String, Object> odd = new LinkedHashMap<>();
        odd.put("kernel", "rbf");
        odd.put("flag", true);
        odd.put("units", 64L);
        odd.put("rate", 1e-7);
        odd.put("big", Long.MAX_VALUE);
        odd.put("mixed", 3L);
        Map<String, Object> fewer = Map.of("kernel", "poly", "mixed", "auto", "rate", .25);
        Map<String, Object> best = Map.of("kernel", "linear", "rate", .5);
        TaskRecord record = new TaskRecord(
                "t",
                "loans",
                "svm",
                Instant.parse("2026-05-01T10:00:00.123Z"),
                Map.of("logRows", 8.123456789, "skew", -1.0),
                best,
                .1,
                Goal.MINIMIZE,
                List.of(
                        new EvaluatedConfiguration(odd, .2),
                        new EvaluatedConfiguration(fewer, Double.POSITIVE_INFINITY),
                        new EvaluatedConfiguration(Map.of(), .3)),
                -.5,
                LiveOutcome.ROLLED_BACK,
                WRITTEN);
        TaskIndex index = new TaskIndex();

        // when
        index.put(rate("other", "cards", 1, Map.of()));
        index.put(record);

        // then
        assertThat(index.find("t")).contains(record);
        assertThat(index.find("none")).isEmpty();
        assertThat(index.trials()).isEqualTo(4);
        assertThat(index.withoutFeatures()).isEqualTo(1);
        assertThat(index.models()).isEqualTo(Map.of("cards", 1, "loans", 1));
    }

    @Test
    void findsTheSameAsLookingAtAll() {
        for (int seed = 0; seed < 30; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            TaskIndex index = new TaskIndex();
            Map<String, TaskRecord> all = new HashMap<>();
            for (int i = 0; i < 600; i++) {
                String id = "t" + random.nextInt(400);
                if (random.nextInt(5) == 0) {
                    index.remove(id);
                    all.remove(id);
                } else {
                    TaskRecord record = rate(id, "m" + random.nextInt(4), random.nextInt(50), features(random));
                    index.put(record);
                    all.put(id, record);
                }
            }
            Target target = target("m1", features(random));

            // when
            Near near = index.near(target, OWN, OTHERS);

            // then
            assertThat(ids(near)).as("seed " + seed).isEqualTo(expected(target, all, index.scale(), OWN, OTHERS));
            assertThat(index.size()).isEqualTo(all.size());
            all.forEach((id, record) -> assertThat(index.find(id)).contains(record));
            assertThat(index.newest(model -> true, 0, 1000)).hasSameSizeAs(all.keySet());
            assertThat(near.tasks().size()
                            + near.passedOver().values().stream()
                                    .mapToInt(count -> count)
                                    .sum())
                    .isEqualTo(all.size());
        }
    }

    @Test
    void findsTheSameWhereModelsDifferInTheirData() {
        for (int seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            TaskIndex index = new TaskIndex();
            Map<String, TaskRecord> all = new HashMap<>();
            for (int i = 0; i < 900; i++) {
                int model = random.nextInt(12);
                String id = "t" + random.nextInt(700);
                Map<String, Double> features = new TreeMap<>(features(random));
                features.replaceAll((name, value) -> value / 4 + model * (name.hashCode() % 3));
                TaskRecord record = rate(id, "m" + model, random.nextInt(50), features);
                index.put(record);
                all.put(id, record);
            }
            Target target =
                    target("m1", all.get(List.copyOf(all.keySet()).get(seed)).metaFeatures());

            assertThat(ids(index.near(target, 5, 7)))
                    .as("seed " + seed)
                    .isEqualTo(expected(target, all, index.scale(), 5, 7));
        }
    }

    private static Map<String, Double> features(SplittableRandom random) {
        Map<String, Double> features = new TreeMap<>();
        for (int j = 0; j < 12; j++) {
            if (random.nextInt(3) > 0) {
                features.put("f" + j, random.nextGaussian() * Math.pow(10, j % 4));
            }
        }
        return random.nextInt(10) == 0 ? Map.of() : features;
    }

    private static List<String> expected(
            Target target, Map<String, TaskRecord> all, ScaledDistance scale, int mostOwn, int mostOthers) {
        Comparator<TaskRecord> newest =
                Comparator.comparing(TaskRecord::at).reversed().thenComparing(TaskRecord::taskId);
        List<String> ids = new ArrayList<>(all.values().stream()
                .filter(record -> record.model().equals(target.model()))
                .sorted(newest)
                .limit(mostOwn)
                .map(TaskRecord::taskId)
                .toList());
        all.values().stream()
                .filter(record -> !record.model().equals(target.model()))
                .sorted(Comparator.comparingDouble((TaskRecord record) -> distance(target, record, scale))
                        .thenComparing(newest))
                .limit(mostOthers)
                .forEach(record -> ids.add(record.taskId()));
        return ids;
    }

    private static double distance(Target target, TaskRecord record, ScaledDistance scale) {
        return scale.between(target.metaFeatures(), record.metaFeatures())
                .map(Distance::value)
                .orElse(Double.POSITIVE_INFINITY);
    }

    @Test
    void scalesByAllTasks() {
        TaskIndex index = new TaskIndex();
        List<Map<String, Double>> all = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 60; i++) {
            Map<String, Double> features = features(random);
            all.add(features);
            index.put(rate("t" + i, "cards", i, features));
        }

        ScaledDistance expected = ScaledDistance.fit(all);
        for (int j = 0; j < 12; j++) {
            assertThat(index.scale().spread("f" + j)).isCloseTo(expected.spread("f" + j), Offset.offset(1e-12));
        }
    }

    @Test
    void passesOverWhatIsOfNoUseAndSaysWhy() {
        // given
        TaskIndex index = new TaskIndex();
        index.put(rate("good", "cards", 1, Map.of()));
        index.put(record("shares-nothing", "loans", "lightgbm", 2, Map.of(), OTHER, Map.of("depth", 3)));
        index.put(record("trainer", "loans", "svm", 3, Map.of(), WRITTEN, Map.of("rate", .5)));
        Map<String, Object> before = Map.of("eta", Map.of("float", List.of(0, 1)));
        index.put(record("renamed", "cards", "lightgbm", 4, Map.of(), before, Map.of("eta", .5)));

        // when
        Near near = index.near(target("loans", Map.of("logRows", 8.0)), OWN, OTHERS);

        // then
        assertThat(ids(near)).containsExactly("renamed", "good");
        assertThat(near.passedOver())
                .isEqualTo(Map.of("It shares no parameter with the new space.", 1, "Its trainer is another one.", 1));
    }

    @Test
    void whatWasFoundStaysAsItWas() {
        TaskIndex index = new TaskIndex();
        TaskRecord before = rate("t", "cards", 1, Map.of("f", 1.0));
        index.put(before);
        Near.Task found = index.near(target("loans", Map.of("f", 1.0)), OWN, OTHERS)
                .tasks()
                .get(0);

        // when
        index.put(rate("t", "cards", 2, Map.of("f", 2.0)));

        // then
        assertThat(found.whole()).isEqualTo(before);
        assertThat(found.outline()).isEqualTo(before.with(before.bestParameters(), List.of()));
        assertThat(index.near(target("loans", Map.of("f", 1.0)), OWN, OTHERS)
                        .tasks()
                        .get(0)
                        .version())
                .isNotEqualTo(found.version());
    }

    @Test
    void isBoundedInWhatIsNear() {
        TaskIndex index = new TaskIndex();
        for (int i = 0; i < 300; i++) {
            index.put(rate("own" + i, "loans", i, Map.of("f", 1000.0 + i)));
            index.put(rate("other" + i, "cards", i, Map.of("f", (double) i)));
        }

        // when
        Near near = index.near(target("loans", Map.of("f", 10.0)), OWN, OTHERS);

        // then
        assertThat(near.tasks()).hasSize(OWN + OTHERS);
        assertThat(near.outlines().get(0).taskId()).isEqualTo("own299");
        assertThat(near.outlines().get(OWN).taskId()).isEqualTo("other10");
        assertThat(near.passedOver().values()).containsExactlyInAnyOrder(300 - OWN, 300 - OTHERS);
        assertThat(index.nearest(Map.of("f", 299.0), 2, trainer -> true))
                .extracting(TaskRecord::taskId)
                .containsExactly("other299", "other298");
    }

    @Test
    void keepsSomeFeaturesOnly() {
        TaskIndex index = new TaskIndex();
        for (int i = 0; i < 400; i++) {
            index.put(rate("t" + i, "cards", i, Map.of("f" + i, 1.0)));
        }

        assertThat(index.withoutFeatures()).isEqualTo(400 - FeatureRows.MOST_FEATURES);
    }

    @Test
    void sharesSpacesAndForgetsThem() {
        TaskIndex index = new TaskIndex();
        for (int i = 0; i < 5; i++) {
            index.put(rate("t" + i, "cards", i, Map.of()));
        }
        index.put(record("deep", "cards", "lightgbm", 1, Map.of(), OTHER, Map.of("depth", 3)));
        assertThat(index.spaces()).containsExactly(Map.entry(WRITTEN, 5), Map.entry(OTHER, 1));

        index.remove("deep");
        index.remove("deep");

        assertThat(index.spaces()).containsExactly(Map.entry(WRITTEN, 5));
    }
}
