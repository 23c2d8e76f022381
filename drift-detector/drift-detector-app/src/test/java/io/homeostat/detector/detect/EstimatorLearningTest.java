package io.homeostat.detector.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.drift.statistics.estimation.AnsweredRow;
import io.homeostat.drift.statistics.estimation.PerformanceEstimator;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EstimatorLearningTest {
    private static final ModelSpec SPEC =
            ModelSpec.read("{model: loans, task: binary, features: {x: numeric}}".getBytes(StandardCharsets.UTF_8));

    private EstimatorLearning learning = new EstimatorLearning();

    private Optional<PerformanceEstimator> outcomes(String version, int many) {
        Optional<PerformanceEstimator> learned = Optional.empty();
        for (int i = 0; i < many; i++) {
            double score = i % 100 / 100.0;
            Optional<PerformanceEstimator> now =
                    learning.add(SPEC, version, new AnsweredRow(Map.of(), "1", score, null), i % 3 == 0 ? "1" : "0");
            learned = now.isPresent() ? now : learned;
        }
        return learned;
    }

    private void restart() {
        learning = EstimatorLearning.fromBytes(learning.toBytes());
    }

    @Test
    void learnsOnceFromTheFirstOutcomesOfAChampionAcrossARestart() {
        // given
        assertThat(outcomes("v1", EstimatorLearning.ROWS - 1)).isEmpty();
        restart();
        assertThat(learning.wants("v1")).isTrue();
        // when
        Optional<PerformanceEstimator> learned = outcomes("v1", 1);
        restart();
        // then
        assertThat(learned).isPresent();
        assertThat(learning.wants("v1")).isFalse();
        assertThat(learning.wants("v2")).isTrue();
        assertThat(learning.toBytes().length).isLessThan(20);
    }

    @Test
    void beginsAnewWithAnotherChampionAndEndsWhereThereIsAnEstimator() {
        // given
        outcomes("v1", EstimatorLearning.ROWS - 1);
        // when
        assertThat(outcomes("v2", EstimatorLearning.ROWS - 1)).isEmpty();
        learning.end("v2");
        // then
        assertThat(learning.wants("v2")).isFalse();
    }
}
