package io.homeostat.backbone.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetricsTest {
    @ParameterizedTest
    @EnumSource(TaskKind.class)
    void everyObjectiveCanBeWatched(TaskKind task) {
        assertThat(Metrics.watched(task)).containsAll(Metrics.of(task)).doesNotHaveDuplicates();
    }

    @Test
    void whatIsOnlyWatchedIsNoObjective() {
        assertThatCode(() -> Metrics.checkWatched("watch.metrics.f1", "f1", TaskKind.MULTICLASS))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Metrics.check("retune.objectives[0].metric", "f1", TaskKind.MULTICLASS))
                .hasMessageContaining(
                        "'f1' is not an objective of a multiclass model; choose one of accuracy, logLoss");
    }

    @Test
    void knowsTheDirections() {
        assertThat(Metrics.higherIsBetter(Metrics.R2)).isTrue();
        assertThat(Metrics.higherIsBetter(Metrics.F1)).isTrue();
        assertThat(Metrics.higherIsBetter(Metrics.BRIER)).isFalse();
        assertThat(Metrics.higherIsBetter(Metrics.CALIBRATION_ERROR)).isFalse();
    }
}
