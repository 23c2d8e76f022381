package io.homeostat.detector.ingest.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.ModelSpec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PredictionMappingTest {
    private static final String FIELDS = "id: /id, features: {salary: /in/salary, car: /in/car}, prediction: /out";

    private static PredictionEvent map(String task, String fields, String value) {
        ModelSpec spec = ModelSpec.read(("{model: loans, task: " + task
                        + ", features: {salary: numeric, car: categorical}, source: {predictions: {topic: t, " + fields
                        + "}}}")
                .getBytes(StandardCharsets.UTF_8));
        JsonNode json = Json.read(value.getBytes(StandardCharsets.UTF_8), JsonNode.class);
        Message message = new Message("k", Map.of("h", "from-header"), 1769860800000L, json);
        return new PredictionMapping(spec, spec.source().predictions()).event(message);
    }

    private static PredictionEvent map(String fields, String value) {
        return map("binary", fields, value);
    }

    @Test
    void takesEachFieldFromItsPlace() {
        // when
        PredictionEvent event = map(FIELDS + ", time: /ts, score: /p, modelVersion: /v", """
                {"id": 17, "ts": 1769860800, "in": {"salary": 1.5, "car": "bmw"}, "out": true, "p": 0.7, "v": "v3"}""");
        // then
        assertThat(event.predictionId()).isEqualTo("17");
        assertThat(event.model()).isEqualTo("loans");
        assertThat(event.eventTime()).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
        assertThat(event.features()).isEqualTo(Map.of("salary", 1.5, "car", "bmw"));
        assertThat(event.answer()).isEqualTo(new PredictionEvent.Answer("v3", null, "1", 0.7, null, null, null));
    }

    @Test
    void whatIsNotMappedComesFromTheRecord() {
        // when
        PredictionEvent event =
                map("features: /in, prediction: /out", "{\"in\":{\"salary\":null,\"car\":3},\"out\":\"no\"}");
        // then
        assertThat(event.predictionId()).isEqualTo("k");
        assertThat(event.eventTime()).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
        assertThat(event.features()).containsEntry("salary", null).containsEntry("car", 3.0);
        assertThat(event.answer().modelVersion()).isEqualTo("unknown");
    }

    @Test
    void idAndVersionMayStandInHeadersOrBeConstant() {
        PredictionEvent event = map(
                "id: 'header:h', modelVersion: 'constant:v7', features: /in, prediction: /out",
                "{\"in\":{\"salary\":1,\"car\":\"a\"},\"out\":1}");
        assertThat(event.predictionId()).isEqualTo("from-header");
        assertThat(event.answer().modelVersion()).isEqualTo("v7");
    }

    @Test
    void theMostLikelyOfManyClassesIsThePrediction() {
        // when
        PredictionEvent.Answer answer = map(
                        "multiclass",
                        "id: key, features: /in, probabilities: /p",
                        "{\"in\":{\"salary\":1,\"car\":\"a\"},\"p\":{\"low\":0.2,\"high\":0.5,\"mid\":0.3}}")
                .answer();
        // then
        assertThat(answer.output()).isEqualTo("high");
        assertThat(answer.score()).isEqualTo(0.5);
        assertThat(answer.probabilities()).isEqualTo(Map.of("low", 0.2, "high", 0.5, "mid", 0.3));
    }

    @Test
    void aListOfProbabilitiesIsOfTheClassesFromZeroOn() {
        PredictionEvent.Answer answer = map(
                        "id: key, features: /in, probabilities: /p",
                        "{\"in\":{\"salary\":1,\"car\":\"a\"},\"p\":[0.6,0.4]}")
                .answer();
        assertThat(answer.output()).isEqualTo("0");
        assertThat(answer.score()).isEqualTo(0.4);
    }

    @Test
    void aRegressionsPredictionIsItsScoreToo() {
        PredictionEvent.Answer answer = map(
                        "regression", FIELDS, "{\"id\":\"a\",\"in\":{\"salary\":1,\"car\":\"a\"},\"out\":2.5}")
                .answer();
        assertThat(answer.output()).isEqualTo("2.5");
        assertThat(answer.score()).isEqualTo(2.5);
    }

    static Stream<Arguments> misfits() {
        String in = "\"in\":{\"salary\":1,\"car\":\"a\"}";
        return Stream.of(
                arguments("{" + in + ",\"out\":1}", "UNREADABLE: source.predictions.id: nothing stands at /id"),
                arguments(
                        "{\"id\":null," + in + ",\"out\":1}", "UNREADABLE: source.predictions.id: null stands at /id"),
                arguments(
                        "{\"id\":1.5," + in + ",\"out\":1}",
                        "UNREADABLE: source.predictions.id: '1.5' at /id is no text"),
                arguments(
                        "{\"id\":\"a\",\"in\":{\"salary\":1},\"out\":1}",
                        "INVALID_FEATURE: source.predictions.features.car: nothing stands at /in/car; write null"),
                arguments(
                        "{\"id\":\"a\",\"in\":{\"salary\":\"12\",\"car\":\"a\"},\"out\":1}",
                        "INVALID_FEATURE: source.predictions.features.salary: '12' at /in/salary is a text, the spec says numeric"),
                arguments(
                        "{\"id\":\"a\",\"in\":{\"salary\":1e999,\"car\":\"a\"},\"out\":1}",
                        "INVALID_FEATURE: source.predictions.features.salary: 'Infinity' at /in/salary is no finite number"),
                arguments(
                        "{\"id\":\"a\",\"in\":{\"salary\":1,\"car\":[1]},\"out\":1}",
                        "INVALID_FEATURE: source.predictions.features.car: '[1]' at /in/car is no finite number"),
                arguments(
                        "{\"id\":\"a\"," + in + ",\"out\":{}}",
                        "UNREADABLE: source.predictions.prediction: '{}' at /out"),
                arguments(
                        "{\"id\":\"a\"," + in + ",\"out\":0.83}",
                        "UNREADABLE: source.predictions.prediction: '0.83' at /out is no class; a probability belongs"),
                arguments("[]", "INVALID_FEATURE"));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void aMisfitNamesTheFieldAndItsPointer(String value, String problem) {
        String fields = value.equals("[]") ? FIELDS.replace("/id", "key") : FIELDS;
        assertThatThrownBy(() -> map(fields, value))
                .isInstanceOfSatisfying(
                        MisfitException.class,
                        e -> assertThat(e.reason() + ": " + e.text()).startsWith(problem));
    }

    @Test
    void aProbabilityIsBetweenZeroAndOne() {
        assertThatThrownBy(() -> map(
                        "multiclass",
                        "id: key, features: /in, probabilities: /p",
                        "{\"in\":{\"salary\":1,\"car\":\"a\"},\"p\":{\"low\":-3}}"))
                .hasMessageContaining("at /p has '-3', which is outside 0 to 1");
    }
}
