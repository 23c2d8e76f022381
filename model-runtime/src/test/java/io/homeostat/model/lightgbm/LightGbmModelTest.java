package io.homeostat.model.lightgbm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.backbone.event.ArtifactRef;
import io.homeostat.backbone.spec.FeatureKind;
import io.homeostat.backbone.spec.TaskKind;
import io.homeostat.model.artifact.Digest;
import io.homeostat.model.runtime.InvalidFeatureException;
import io.homeostat.model.runtime.ModelException;
import io.homeostat.model.runtime.ModelLoader;
import io.homeostat.model.runtime.ModelRuntime;
import io.homeostat.model.runtime.Prediction;
import io.homeostat.model.schema.DataSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LightGbmModelTest {
    private static byte[] bytes;
    private static ModelRuntime model;

    @BeforeAll
    static void train() {
        BoosterTraining.Rows rows = Data.rows(TaskKind.BINARY, 600, 1);
        try (BoosterTraining training =
                BoosterTraining.begin(Data.schema(TaskKind.BINARY, rows), Map.of(), 1, rows, null)) {
            for (int i = 0; i < 20; i++) {
                training.iterate();
            }
            bytes = training.artifact().bytes();
        }
        model = ModelLoader.load(ref(LightGbmArtifact.FORMAT), bytes);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static ArtifactRef ref(String format) {
        return new ArtifactRef(Digest.sha256(bytes), format, bytes.length);
    }

    private static Map<String, Object> row(Object x, Object colour) {
        Map<String, Object> row = new HashMap<>();
        row.put("x", x);
        row.put("noise", 0.0);
        row.put("colour", colour);
        return row;
    }

    @Test
    void theScoreIsThePositiveClassesProbability() {
        // given
        // when
        Prediction high = model.predict(row(.9, "green"));
        Prediction low = model.predict(row(.1, "red"));
        // then
        assertThat(high.output()).isEqualTo("yes");
        assertThat(high.score()).isGreaterThan(.8);
        assertThat(low.output()).isEqualTo("no");
        assertThat(low.score()).isLessThan(.2);
        assertThat(low.probabilities()).isNull();
    }

    @Test
    void anUnseenCategoryIsAMissingValue() {
        // given
        // when
        Prediction unseen = model.predict(row(.3, "purple"));
        // then
        assertThat(unseen).isEqualTo(model.predict(row(.3, null)));
    }

    @Test
    void whatIsNoFeatureIsAnErrorThatNamesIt() {
        // given
        Map<String, Object> absent = row(.1, "red");
        absent.remove("noise");
        // when
        // then
        assertThatThrownBy(() -> model.predict(absent))
                .isInstanceOf(InvalidFeatureException.class)
                .hasMessageContaining("features.noise: is absent");
        assertThatThrownBy(() -> model.predict(row("much", "red")))
                .hasMessageContaining("features.x: 'much' is not a number");
        assertThatThrownBy(() -> model.predict(row(Double.NaN, "red"))).hasMessageContaining("features.x: NaN");
        assertThatThrownBy(() -> model.predict(row(Double.NEGATIVE_INFINITY, "red")))
                .hasMessageContaining("features.x: -Infinity");
        assertThatThrownBy(() -> model.predict(row(.1, List.of("red")))).hasMessageContaining("features.colour");
    }

    @Test
    void saysItsFeaturesAndClasses() {
        // given
        // when
        // then
        assertThat(model.features())
                .containsExactly(
                        Map.entry("x", FeatureKind.NUMERIC),
                        Map.entry("noise", FeatureKind.NUMERIC),
                        Map.entry("colour", FeatureKind.CATEGORICAL));
        assertThat(model.classes()).containsExactly("no", "yes");
        assertThat(model.positive()).isEqualTo("yes");
    }

    @Test
    void manyThreadsGetTheAnswersOfOne() {
        // given
        List<Map<String, Object>> rows = Data.rows(TaskKind.BINARY, 500, 9).rows();
        List<Prediction> alone = model.predict(rows);
        // when
        List<Prediction> together = IntStream.range(0, rows.size())
                .parallel()
                .mapToObj(i -> model.predict(rows.get(i)))
                .toList();
        // then
        assertThat(together).isEqualTo(alone);
    }

    @Test
    void aClosedModelRefusesAndMayBeClosedAgain() {
        // given
        LightGbmModel other = LightGbmModel.load(bytes);
        // when
        other.close();
        other.close();
        // then
        assertThatThrownBy(() -> other.predict(row(.1, "red"))).hasMessageContaining("closed");
    }

    @Test
    void unknownFormatsAndBytesAreErrorsThatSayWhatIsKnown() {
        // given
        // when
        // then
        assertThatThrownBy(() -> ModelLoader.load(ref("pmml/1"), bytes))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("'pmml/1'")
                .hasMessageContaining("homeostat-lightgbm/1, onnx/1");
        assertThatThrownBy(() -> LightGbmModel.load(new byte[] {1, 2})).isInstanceOf(ModelException.class);
    }

    @Test
    void rareCategoriesBeyondTheBoundAreMissing() {
        // given
        List<Map<String, Object>> rows =
                IntStream.range(0, 3000).mapToObj(i -> row(.1, "c" + i % 1500)).toList();
        // when
        DataSchema schema = DataSchema.learn(Data.spec(TaskKind.BINARY), rows, List.of("yes", "no"));
        // then
        assertThat(schema.features().get(2).categories()).hasSize(1000);
    }

    @Test
    void theTemporaryDirectoryIsTheProcesssOwnAgain() {
        // given
        String before = System.getProperty("java.io.tmpdir");
        // when
        NativeLibrary.load();
        // then
        assertThat(System.getProperty("java.io.tmpdir")).isEqualTo(before).doesNotContain("homeostat-lightgbm");
    }
}
