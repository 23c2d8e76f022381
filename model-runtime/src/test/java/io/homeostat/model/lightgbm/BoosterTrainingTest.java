package io.homeostat.model.lightgbm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.homeostat.backbone.spec.TaskKind;
import io.homeostat.model.evaluation.Evaluation;
import io.homeostat.model.evaluation.Outcome;
import io.homeostat.model.runtime.ModelException;
import io.homeostat.model.runtime.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BoosterTrainingTest {
    @ParameterizedTest
    @CsvSource({"BINARY,accuracy,0.95,1", "MULTICLASS,accuracy,0.9,1", "REGRESSION,rmse,0,0.12"})
    void learnsWhatIsThereToLearn(TaskKind task, String metric, double low, double high) {
        // given
        BoosterTraining.Rows rows = Data.rows(task, 1000, 1);
        BoosterTraining.Rows validation = Data.rows(task, 500, 2);
        // when
        try (BoosterTraining training = begin(task, rows, validation, Map.of(), 1)) {
            iterate(training, 40);
            // then
            assertThat(Evaluation.value(metric, outcomes(task, training.validation(), validation)))
                    .isBetween(low, high);
        }
    }

    @ParameterizedTest
    @EnumSource(TaskKind.class)
    void theStoredModelAnswersLikeTheTraining(TaskKind task) {
        // given
        BoosterTraining.Rows rows = Data.rows(task, 400, 1);
        BoosterTraining.Rows validation = Data.rows(task, 50, 2);
        try (BoosterTraining training = begin(task, rows, validation, Map.of(), 1)) {
            iterate(training, 10);
            List<Prediction> expected = training.validation();
            // when
            try (LightGbmModel model = LightGbmModel.load(training.artifact().bytes())) {
                List<Prediction> answers = model.predict(validation.rows());
                // then
                for (int i = 0; i < answers.size(); i++) {
                    assertThat(answers.get(i).score()).isCloseTo(expected.get(i).score(), within(1e-9));
                    if (task != TaskKind.REGRESSION) {
                        assertThat(answers.get(i).output())
                                .isEqualTo(expected.get(i).output());
                    }
                    assertThat(model.predict(validation.rows().get(i))).isEqualTo(answers.get(i));
                }
            }
        }
    }

    @Test
    void aModelOfManyClassesAnswersManyRowsWithinItsOwnMemory() {
        // given
        BoosterTraining.Rows number = Data.rows(TaskKind.REGRESSION, 3000, 1);
        List<String> labels = number.labels().stream()
                .map(y -> "c" + (int) (Double.parseDouble(y) * 20))
                .toList();
        BoosterTraining.Rows rows = new BoosterTraining.Rows(number.rows(), labels);
        try (BoosterTraining training = begin(TaskKind.MULTICLASS, rows, null, Map.of(), 1)) {
            iterate(training, 5);
            try (LightGbmModel model = LightGbmModel.load(training.artifact().bytes())) {
                for (int i = 0; i < 20; i++) {
                    // when
                    List<Prediction> answers = model.predict(rows.rows());
                    // then
                    assertThat(answers)
                            .hasSize(3000)
                            .allSatisfy(a -> assertThat(a.probabilities().values().stream()
                                            .mapToDouble(p -> p)
                                            .sum())
                                    .isCloseTo(1, within(1e-6)));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TaskKind.class)
    void theSameSeedAndRowsGiveTheSameBytes(TaskKind task) {
        // given
        BoosterTraining.Rows rows = Data.rows(task, 600, 3);
        // when
        byte[] first = train(task, rows, 7);
        byte[] second = train(task, rows, 7);
        byte[] otherSeed = train(task, rows, 8);
        // then
        assertThat(second).isEqualTo(first);
        assertThat(otherSeed).isNotEqualTo(first);
    }

    @Test
    void aValueThatLightGbmRefusesIsAnErrorInItsWords() {
        // given
        BoosterTraining.Rows rows = Data.rows(TaskKind.BINARY, 200, 1);
        // when
        // then
        assertThatThrownBy(() -> begin(TaskKind.BINARY, rows, rows, Map.of("num_leaves", 1), 1))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("num_leaves");
    }

    @Test
    void aParameterOfTheTrainerIsRefused() {
        // given
        BoosterTraining.Rows rows = Data.rows(TaskKind.BINARY, 200, 1);
        // when
        // then
        assertThatThrownBy(() -> begin(TaskKind.BINARY, rows, rows, Map.of("num_threads", 8), 1))
                .hasMessageStartingWith("parameters.num_threads: is set by the trainer");
        assertThatThrownBy(() -> begin(TaskKind.BINARY, rows, rows, Map.of("learning_rate", "1 num_threads=8"), 1))
                .hasMessageContaining("blank");
    }

    @Test
    void aThirdClassOfABinaryModelIsAnErrorWithAWayOut() {
        // given
        BoosterTraining.Rows rows = Data.rows(TaskKind.MULTICLASS, 200, 1);
        // when
        // then
        assertThatThrownBy(() -> Data.schema(TaskKind.BINARY, rows))
                .hasMessageContaining("Maybe the task is multiclass");
    }

    private static byte[] train(TaskKind task, BoosterTraining.Rows rows, long seed) {
        try (BoosterTraining training = begin(task, rows, null, Map.of("feature_fraction", .6), seed)) {
            iterate(training, 15);
            return training.artifact().bytes();
        }
    }

    private static BoosterTraining begin(
            TaskKind task,
            BoosterTraining.Rows rows,
            BoosterTraining.Rows validation,
            Map<String, Object> parameters,
            long seed) {
        return BoosterTraining.begin(Data.schema(task, rows), parameters, seed, rows, validation);
    }

    private static void iterate(BoosterTraining training, int count) {
        for (int i = 0; i < count && training.iterate(); i++) {
            assertThat(training.iterations()).isEqualTo(i + 1);
        }
    }

    private static List<Outcome> outcomes(TaskKind task, List<Prediction> answers, BoosterTraining.Rows truth) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            outcomes.add(Outcome.of(task, "yes", answers.get(i), truth.labels().get(i)));
        }
        return outcomes;
    }

    @ParameterizedTest
    @EnumSource(TaskKind.class)
    void parametersAndRowsMayChangeOnTheWay(TaskKind task) {
        // given
        BoosterTraining.Rows few = Data.rows(task, 300, 1);
        BoosterTraining.Rows many = Data.rows(task, 900, 3);
        BoosterTraining.Rows validation = Data.rows(task, 100, 2);
        Map<String, Object> slow = Map.of("learning_rate", 0.01);
        Map<String, Object> fast = Map.of("learning_rate", 0.3);
        try (BoosterTraining changed = begin(task, few, validation, slow, 1);
                BoosterTraining onlyFaster = begin(task, few, validation, slow, 1);
                BoosterTraining alwaysSlow = begin(task, few, validation, slow, 1)) {
            iterate(changed, 5);
            iterate(onlyFaster, 5);
            iterate(alwaysSlow, 10);

            // when
            onlyFaster.change(fast, null);
            changed.change(fast, many);
            goOn(onlyFaster);
            goOn(changed);

            // then
            String metric = task == TaskKind.REGRESSION ? "rmse" : "logLoss";
            double slowest = Evaluation.value(metric, outcomes(task, alwaysSlow.validation(), validation));
            double faster = Evaluation.value(metric, outcomes(task, onlyFaster.validation(), validation));
            double both = Evaluation.value(metric, outcomes(task, changed.validation(), validation));
            assertThat(faster).isLessThan(slowest);
            assertThat(both).isLessThan(slowest).isNotEqualTo(faster);
            try (LightGbmModel model = LightGbmModel.load(changed.artifact().bytes())) {
                List<Prediction> answers = model.predict(validation.rows());
                for (int i = 0; i < answers.size(); i++) {
                    assertThat(answers.get(i).score())
                            .isCloseTo(changed.validation().get(i).score(), within(1e-9));
                }
            }
        }
    }

    private static void goOn(BoosterTraining training) {
        for (int i = 0; i < 5; i++) {
            training.iterate();
        }
    }

    @Test
    void whatCannotChangeOnTheWayIsAnErrorInLightGbmsWords() {
        try (BoosterTraining training =
                begin(TaskKind.BINARY, Data.rows(TaskKind.BINARY, 300, 1), null, Map.of("max_bin", 63), 1)) {
            iterate(training, 2);

            // then
            assertThatThrownBy(() -> training.change(Map.of("max_bin", 31), null))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("max_bin");
        }
    }
}
