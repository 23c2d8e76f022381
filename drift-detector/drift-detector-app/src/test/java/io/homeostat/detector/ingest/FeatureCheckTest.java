package io.homeostat.detector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.FeatureValues;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.event.PredictionReader;
import io.homeostat.backbone.spec.ModelSpec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is known of rows of the same names is what looking at each of them says. */
class FeatureCheckTest {
    private static final long NOW = Instant.parse("2026-01-31T13:00:00Z").toEpochMilli();

    private final PredictionReader reader = new PredictionReader();
    private final Validation validation = new Validation();
    private final ModelSpec spec = spec("{x: numeric, city: categorical}");

    private static ModelSpec spec(String features) {
        return ModelSpec.read(
                ("{model: m, task: binary, features: " + features + "}").getBytes(StandardCharsets.UTF_8));
    }

    private PredictionEvent event(String features) {
        return reader.read(("{\"predictionId\": \"p\", \"model\": \"m\", \"eventTime\": \"2026-01-31T12:00:00Z\","
                        + " \"features\": " + features + ", \"answer\": {\"modelVersion\": \"v1\", \"output\": \"1\"}}")
                .getBytes(StandardCharsets.UTF_8));
    }

    private String problem(String features, ModelSpec held) {
        PredictionEvent event = event(features);
        assertThat(event.features()).isInstanceOf(FeatureValues.class);
        return validation.of(event, held, NOW).map(Validation.Problem::message).orElse("");
    }

    @Test
    void whatFitsIsKnownAndWhatDoesNotIsTold() {
        assertThat(problem("{\"x\": 1, \"city\": \"a\"}", spec)).isEmpty();
        assertThat(problem("{\"x\": null, \"city\": null}", spec)).isEmpty();
        assertThat(problem("{\"x\": \"much\", \"city\": \"a\"}", spec)).startsWith("features.x: 'much' is a text");
        assertThat(problem("{\"x\": 2, \"city\": 7}", spec)).isEmpty();
        assertThat(problem("{\"x\": 2}", spec)).startsWith("features.city: is missing");
        assertThat(problem("{\"city\": \"a\", \"other\": \"b\", \"x\": 1}", spec))
                .isEmpty();
        assertThat(problem("{\"x\": 1, \"city\": \"a\"}", spec)).isEmpty();
    }

    @Test
    void anotherSpecIsAskedAnew() {
        // given
        assertThat(problem("{\"x\": 1, \"city\": \"a\"}", spec)).isEmpty();
        // then
        assertThat(problem("{\"x\": 1, \"city\": \"a\"}", spec("{x: numeric, city: numeric}")))
                .startsWith("features.city: 'a' is a text");
        assertThat(problem("{\"x\": 1, \"city\": \"a\"}", spec("{x: numeric, age: numeric}")))
                .startsWith("features.age: is missing");
    }
}
