package io.homeostat.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.homeostat.backbone.event.ArtifactRef;
import io.homeostat.backbone.spec.FeatureKind;
import io.homeostat.model.artifact.Digest;
import io.homeostat.model.runtime.InvalidFeatureException;
import io.homeostat.model.runtime.ModelException;
import io.homeostat.model.runtime.ModelLoader;
import io.homeostat.model.runtime.ModelRuntime;
import io.homeostat.model.runtime.Prediction;
import io.homeostat.model.runtime.UnusableAnswerException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OnnxModelTest {
    private static final String BINARY =
            "{\"task\": \"binary\", \"positive\": \"yes\", \"classes\": [\"no\", \"yes\"], "
                    + "\"features\": [{\"name\": \"x\", \"kind\": \"numeric\"}, "
                    + "{\"name\": \"colour\", \"kind\": \"categorical\", \"categories\": [\"red\", \"green\"]}]}";

    /** sigmoid(2 x + 3 colour - 1) of one matrix. */
    private static OnnxFile logistic() {
        return new OnnxFile()
                .input("features", OnnxFile.FLOAT, 2)
                .constant("w", List.of(2, 1), 2, 3)
                .constant("b", List.of(1), -1)
                .node("MatMul", List.of("features", "w"), "sum")
                .node("Add", List.of("sum", "b"), "logit")
                .node("Sigmoid", List.of("logit"), "p")
                .output("p", OnnxFile.FLOAT, 1);
    }

    private static ModelRuntime load(OnnxFile file) {
        byte[] bytes = file.bytes();
        return ModelLoader.load(new ArtifactRef(Digest.sha256(bytes), OnnxModel.FORMAT, bytes.length), bytes);
    }

    private static Map<String, Object> row(Object x, Object colour) {
        Map<String, Object> row = new HashMap<>();
        row.put("x", x);
        row.put("colour", colour);
        return row;
    }

    private static double sigmoid(double z) {
        return 1 / (1 + Math.exp(-z));
    }

    @Test
    void oneMatrixOfAllFeaturesGivesThePositiveClassesProbability() {
        try (ModelRuntime model = load(logistic().property(OnnxModel.SCHEMA_PROPERTY, BINARY))) {
            // when
            List<Prediction> said = model.predict(List.of(row(1.5, "green"), row(-1.0, "red")));
            // then
            assertThat(said).extracting(Prediction::output).containsExactly("yes", "no");
            assertThat(said.get(0).score()).isCloseTo(sigmoid(5), within(1e-6));
            assertThat(said.get(1).score()).isCloseTo(sigmoid(-3), within(1e-6));
            assertThat(model.predict(row(1.5, "green"))).isEqualTo(said.get(0));
            assertThat(model.features())
                    .containsExactly(Map.entry("x", FeatureKind.NUMERIC), Map.entry("colour", FeatureKind.CATEGORICAL));
        }
    }

    @Test
    void oneTensorPerFeatureTakesCategoriesAsTheyAreWritten() {
        // given: classes by softmax over [x, code, 0]
        OnnxFile file = new OnnxFile()
                .input("colour", OnnxFile.STRING, 1)
                .input("x", OnnxFile.FLOAT, 1)
                .constant("w", List.of(2, 3), 1, 0, 0, 0, 1, 0)
                .labelEncoder("colour", "code", List.of("red", "green"), 5, 9)
                .concat(List.of("x", "code"), "both")
                .node("MatMul", List.of("both", "w"), "logits")
                .node("Softmax", List.of("logits"), "p")
                .output("p", OnnxFile.FLOAT, 3)
                .property(
                        OnnxModel.SCHEMA_PROPERTY,
                        BINARY.replace("binary", "multiclass").replace("[\"no\", \"yes\"]", "[\"a\", \"b\", \"c\"]"));
        try (ModelRuntime model = load(file)) {
            // when
            Prediction red = model.predict(row(7, "red"));
            Prediction green = model.predict(row(7, "green"));
            Prediction missing = model.predict(row(-5, null));
            // then
            assertThat(red.output()).isEqualTo("a");
            assertThat(green.output()).isEqualTo("b");
            assertThat(missing.output()).isEqualTo("c");
            double sum = Math.exp(7) + Math.exp(9) + 1;
            assertThat(green.probabilities()).hasSize(3);
            assertThat(green.probabilities().get("b")).isCloseTo(Math.exp(9) / sum, within(1e-6));
        }
    }

    @Test
    void numbersThatAreNoProbabilitiesAreNoAnswer() {
        // given: the sigmoid is left out
        OnnxFile file = new OnnxFile()
                .input("features", OnnxFile.FLOAT, 2)
                .constant("w", List.of(2, 1), 2, 3)
                .node("MatMul", List.of("features", "w"), "p")
                .output("p", OnnxFile.FLOAT, 1)
                .property(OnnxModel.SCHEMA_PROPERTY, BINARY);
        try (ModelRuntime model = load(file)) {
            // when
            // then
            assertThatThrownBy(() -> model.predict(row(4, "green")))
                    .isInstanceOf(UnusableAnswerException.class)
                    .hasMessageContaining("11.0, which is no probability");
            assertThatThrownBy(() -> model.predict(row("much", "green")))
                    .isInstanceOf(InvalidFeatureException.class)
                    .hasMessageContaining("features.x: 'much' is not a number");
        }
    }

    @Test
    void whatCannotBeUnderstoodIsRefusedWithAWayOut() {
        assertRefused(logistic(), "has no metadata property 'homeostat.schema'");
        assertRefused(
                logistic().property(OnnxModel.SCHEMA_PROPERTY, BINARY.replace("[\"no\", \"yes\"]", "[\"no\"]")),
                "classes: [no] of a binary model are not two");
        assertRefused(
                logistic()
                        .property(
                                OnnxModel.SCHEMA_PROPERTY,
                                BINARY.replace(
                                        "[{\"name\": \"x\"",
                                        "[{\"name\": \"z\", \"kind\": \"numeric\"}, {\"name\": \"x\"")),
                "FLOAT or DOUBLE [n, 3] is wanted");
        assertRefused(
                new OnnxFile()
                        .input("a", OnnxFile.FLOAT, 1)
                        .input("b", OnnxFile.FLOAT, 1)
                        .node("Add", List.of("a", "b"), "p")
                        .output("p", OnnxFile.FLOAT, 1)
                        .property(OnnxModel.SCHEMA_PROPERTY, BINARY),
                "the schema's features are [x, colour]");
        assertThatThrownBy(() -> OnnxModel.load(new byte[] {1, 2, 3}))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("ONNX Runtime refused the model");
    }

    private static void assertRefused(OnnxFile file, String why) {
        assertThatThrownBy(() -> load(file)).isInstanceOf(ModelException.class).hasMessageContaining(why);
    }

    @Test
    void anOutputOfAnotherWidthIsNoAnswer() {
        // given: two numbers a row where the schema has three classes
        OnnxFile file = new OnnxFile()
                .input("features", OnnxFile.FLOAT, 2)
                .node("Softmax", List.of("features"), "p")
                .output("p", OnnxFile.FLOAT, 2)
                .property(
                        OnnxModel.SCHEMA_PROPERTY,
                        BINARY.replace("binary", "multiclass").replace("[\"no\", \"yes\"]", "[\"a\", \"b\", \"c\"]"));
        try (ModelRuntime model = load(file)) {
            // when
            // then
            assertThatThrownBy(() -> model.predict(row(1, "red")))
                    .hasMessage("the model answered 2 numbers for 1 rows, but 3 ([a, b, c]) are wanted per row");
        }
    }

    @Test
    void aClosedModelRefusesAndMayBeClosedAgain() {
        // given
        ModelRuntime model = load(logistic().property(OnnxModel.SCHEMA_PROPERTY, BINARY));
        // when
        model.close();
        model.close();
        // then
        assertThatThrownBy(() -> model.predict(row(1, "red"))).hasMessageContaining("closed");
    }
}
