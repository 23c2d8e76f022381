package io.homeostat.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.homeostat.backbone.spec.TaskKind;
import io.homeostat.model.runtime.Prediction;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    private static final List<Outcome> BINARY = Stream.of(
                    binary(.9, "1"), binary(.4, "1"), binary(.4, "0"), binary(.2, "0"))
            .toList();

    private static Outcome binary(double score, String label) {
        return Outcome.of(TaskKind.BINARY, "1", new Prediction(score >= .5 ? "1" : "0", score, null), label);
    }

    @Test
    void binaryMetricsAreThoseOfThePaper() {
        // given
        // when
        // then
        assertThat(Evaluation.value("accuracy", BINARY)).isEqualTo(.75);
        assertThat(Evaluation.value("auc", BINARY)).isEqualTo(.875);
        assertThat(Evaluation.value("logLoss", BINARY))
                .isCloseTo(-(Math.log(.9) + Math.log(.4) + Math.log(.6) + Math.log(.8)) / 4, within(1e-12));
    }

    @Test
    void aMissLosesOne() {
        // given
        // when
        double[] losses = Evaluation.losses("accuracy", BINARY);
        // then
        assertThat(losses).containsExactly(0, 1, 0, 0);
    }

    @Test
    void thereIsNoAucOfOneClass() {
        assertThatThrownBy(() -> Evaluation.value("auc", BINARY.subList(0, 2)))
                .hasMessage("outcomes: 2 of one class; auc needs both");
    }

    @Test
    void aClassTheModelDoesNotKnowLosesMuchButNotEverything() {
        // given
        Prediction answer = new Prediction("a", .7, Map.of("a", .7, "b", .3));
        // when
        Outcome outcome = Outcome.of(TaskKind.MULTICLASS, "", answer, "c");
        // then
        assertThat(Evaluation.value("logLoss", List.of(outcome))).isCloseTo(34.54, within(.01));
    }

    @Test
    void numbersAreJudgedByTheirErrors() {
        // given
        List<Outcome> outcomes = List.of(
                Outcome.of(TaskKind.REGRESSION, "", new Prediction("3", 3.0, null), "0"),
                Outcome.of(TaskKind.REGRESSION, "", new Prediction("0", 0.0, null), "4"));
        // when
        // then
        assertThat(Evaluation.value("mae", outcomes)).isEqualTo(3.5);
        assertThat(Evaluation.value("rmse", outcomes)).isEqualTo(Math.sqrt(12.5));
        assertThat(Evaluation.losses("rmse", outcomes)).containsExactly(9, 16);
    }

    @Test
    void anUnknownMetricIsAnError() {
        // given
        // when
        // then
        assertThatThrownBy(() -> Evaluation.value("beauty", BINARY)).hasMessageContaining("'beauty'");
    }
}
