package io.homeostat.benchmarks.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.LabelledEvent;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.model.lightgbm.BoosterTraining;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecondSearchTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int TRIALS = 6;

    private static ModelSpec spec() {
        String yaml = """
                model: m
                task: binary
                features: {x: numeric, y: numeric}
                retune:
                  objectives: [{metric: accuracy, goal: maximize}]
                  budget: {trials: 6, parallel: 2}
                  space:
                    num_leaves: {int: [2, 16], log: true}
                    num_iterations: {int: [5, 20], log: true}
                    training_share: {float: [0.1, 1.0], log: true}
                """;
        return ModelSpec.read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    /* Above a curve, and after the change below it; every tenth is wrong. */
    private static Life life() {
        SplittableRandom random = new SplittableRandom(5);
        List<LabelledEvent> events = new ArrayList<>();
        List<Map<String, Object>> rows = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            double x = random.nextDouble();
            double y = random.nextDouble();
            boolean above = y > .5 + .4 * Math.sin(9 * x) == random.nextInt(10) > 0;
            String label = above == i < 1_000 ? "1" : "0";
            Map<String, Object> features = Map.of("x", x, "y", y);
            Instant time = START.plusSeconds(i);
            if (i < 1_500) {
                events.add(new LabelledEvent(
                        PredictionEvent.history("row-" + i, "m", time, features), label, time, false));
            } else {
                rows.add(features);
                labels.add(label);
            }
        }
        return new Life(
                spec(),
                events,
                START.plusSeconds(799),
                START.plusSeconds(1_000),
                START.plusSeconds(1_500),
                new BoosterTraining.Rows(rows, labels));
    }

    @Test
    void bothSearchesRunToTheirEndOnTheSameRows(@TempDir Path folder) {
        // given
        Life life = life();

        // when
        SecondSearch search = SecondSearch.of(life, folder);
        SecondSearch again = SecondSearch.of(life, folder);

        // then
        assertThat(search.firstBest()).isBetween(.7, .97);
        for (Progress each : List.of(search.warm(), search.cold())) {
            assertThat(each.judged()).hasSize(TRIALS).isSorted();
            assertThat(each.last()).isBetween(.7, .97);
            assertThat(each.lastFresh()).isBetween(.7, .95);
        }
        assertThat(search.warm().judged())
                .isEqualTo(again.warm().judged())
                .isNotEqualTo(search.cold().judged());
    }

    @Test
    void whatIsNotReachedCountsOneMoreThanAllTrials() {
        // given
        double[] best = {.5, .7, .7, .9};

        // when, then
        assertThat(Progress.trialsTo(best, .5)).isEqualTo(1);
        assertThat(Progress.trialsTo(best, .6)).isEqualTo(2);
        assertThat(Progress.trialsTo(best, .9)).isEqualTo(4);
        assertThat(Progress.trialsTo(best, .91)).isEqualTo(5);
    }
}
