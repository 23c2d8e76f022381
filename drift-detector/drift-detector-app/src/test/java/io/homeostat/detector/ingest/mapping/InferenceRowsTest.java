package io.homeostat.detector.ingest.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.ModelSpec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InferenceRowsTest {
    private static final Instant T0 = Instant.parse("2026-01-31T12:00:00Z");
    private static final String ONE_TENSOR =
            "{\"inputs\":[{\"name\":\"input-0\",\"shape\":[2,2],\"datatype\":\"FP32\",\"data\":[[1,2],[3,4]]}]}";

    private static InferenceHalf half(InferenceHalf.Side side, String value) {
        JsonNode json = Json.read(value.getBytes(StandardCharsets.UTF_8), JsonNode.class);
        return new InferenceHalf("m", "r", side, T0, new Message(null, Map.of(), 0, json), "t:0:1");
    }

    private static List<PredictionEvent> rows(String task, String fields, String request, String response) {
        ModelSpec spec = ModelSpec.read(("{model: m, task: " + task
                        + ", features: {a: numeric, b: numeric}, source: {predictions: {topic: t, format: kserve"
                        + fields
                        + "}}}")
                .getBytes(StandardCharsets.UTF_8));
        return new InferenceRows(spec, spec.source().predictions())
                .predictions(half(InferenceHalf.Side.REQUEST, request), half(InferenceHalf.Side.RESPONSE, response));
    }

    private static List<String> outputs(List<PredictionEvent> events) {
        return events.stream().map(e -> String.valueOf(e.answer().output())).toList();
    }

    @Test
    void protocolV1ByPositionAndByName() {
        // when
        List<PredictionEvent> listed = rows("binary", "", "{\"instances\":[[1,2],[3,4]]}", "{\"predictions\":[0,1]}");
        List<PredictionEvent> named =
                rows("binary", "", "{\"instances\":[{\"b\":2,\"a\":1}]}", "{\"predictions\":[[0.1,0.9]]}");
        // then
        assertThat(listed).extracting(PredictionEvent::predictionId).containsExactly("r-0", "r-1");
        assertThat(listed.get(1).features()).isEqualTo(Map.of("a", 3.0, "b", 4.0));
        assertThat(outputs(listed)).containsExactly("0", "1");
        assertThat(listed.get(0).answer().modelVersion()).isEqualTo("unknown");
        assertThat(named).extracting(PredictionEvent::predictionId).containsExactly("r");
        assertThat(named.get(0).features()).isEqualTo(Map.of("a", 1.0, "b", 2.0));
        assertThat(named.get(0).answer().output()).isEqualTo("1");
        assertThat(named.get(0).answer().score()).isEqualTo(0.9);
    }

    @Test
    void protocolV2WithOneTensorOfAllFeatures() {
        // when
        List<PredictionEvent> events = rows("multiclass", "", ONE_TENSOR, """
                {"model_name":"m","model_version":"v3","id":"r","outputs":[
                 {"name":"predict","shape":[2,1],"datatype":"INT64","data":[2,0]},
                 {"name":"predict_proba","shape":[2,3],"datatype":"FP64","data":[0.1,0.2,0.7,0.5,0.3,0.2]}]}""");
        // then
        assertThat(events.get(0).features()).isEqualTo(Map.of("a", 1.0, "b", 2.0));
        assertThat(outputs(events)).containsExactly("2", "0");
        assertThat(events.get(1).answer().score()).isEqualTo(0.5);
        assertThat(events).allMatch(e -> e.answer().modelVersion().equals("v3"));
        assertThat(events).allMatch(e -> e.eventTime().equals(T0));
    }

    @Test
    void protocolV2WithATensorPerFeatureAndIdsOfTheRows() {
        // when
        List<PredictionEvent> events = rows(
                "regression",
                "",
                """
                {"parameters":{"prediction_ids":["x","y"]},"inputs":[
                 {"name":"a","shape":[2],"datatype":"FP64","data":[1,2]},
                 {"name":"b","shape":[2,1],"datatype":"FP64","data":[[3],[4]]}]}""",
                "{\"outputs\":[{\"name\":\"o\",\"shape\":[2,1],\"datatype\":\"FP64\",\"data\":[0.5,1.5]}]}");
        // then
        assertThat(events).extracting(PredictionEvent::predictionId).containsExactly("x", "y");
        assertThat(events.get(1).features()).isEqualTo(Map.of("a", 2.0, "b", 4.0));
        assertThat(outputs(events)).containsExactly("0.5", "1.5");
    }

    @Test
    void pointersChooseAmongOutputsAndInputs() {
        // when
        List<PredictionEvent> events = rows(
                "binary",
                ", features: {a: /inputs/1, b: /inputs/0}, prediction: /outputs/label, score: /outputs/p",
                "{\"instances\":[[1,2,3]]}",
                "{\"predictions\":[{\"label\":\"1\",\"p\":0.8,\"noise\":4}]}");
        // then
        assertThat(events.get(0).features()).isEqualTo(Map.of("a", 2.0, "b", 1.0));
        assertThat(events.get(0).answer().score()).isEqualTo(0.8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"instances":[[1,2]]} | {"predictions":[1,0]} | outputs: 2 rows were answered, 1 asked
            {"instances":[[1,2,3]]} | {"predictions":[1]} | inputs: a row has 3 values, the spec 2 features; map
            {"instances":[{"a":1}]} | {"predictions":[1]} | source.predictions.features.b: nothing stands at /inputs/b
            {"instances":[[1,2]]} | {"predictions":[{"x":1,"y":2}]} | outputs: which of x, y is the prediction? Map
            {"instances":[[1,2]]} | {"predictions":[0.7]} | source.predictions.prediction: '0.7' at /prediction is no class
            {"text":"hi"} | {"predictions":[1]} | /instances or /inputs: is no list; the payload is of neither
            {"inputs":[{"name":"i","shape":[1,2],"datatype":"FP32","parameters":{"binary_data_size":8}}]} | {"predictions":[1]} | /inputs/0: has 0 values in data for the shape [1,2]; binary data is not read
            {"inputs":[{"name":"a","shape":[2],"data":[1,2]},{"name":"b","shape":[1],"data":[1]}]} | {"predictions":[1]} | /inputs/1: has 1 rows, the first tensor 2
            {"inputs":[{"name":"a","shape":[-1],"data":[1]}]} | {"predictions":[1]} | /inputs/0: has 1 values
            {"inputs":[{"name":"a","shape":[4000000000,4000000000],"data":[1]}]} | {"predictions":[1]} | /inputs/0: has 1 values
            """)
    void saysWhatDoesNotFit(String request, String response, String problem) {
        assertThatThrownBy(() -> rows("binary", "", request, response))
                .isInstanceOf(MisfitException.class)
                .hasMessageStartingWith(problem);
    }
}
