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
    private final KnownModel model = model("{x: numeric, city: categorical}");

    private static KnownModel model(String features) {
        return new KnownModel(ModelSpec.read(
                ("{model: m, task: binary, features: " + features + "}").getBytes(StandardCharsets.UTF_8)));
    }

    private PredictionEvent event(String features) {
        return reader.read(("{\"predictionId\": \"p\", \"model\": \"m\", \"eventTime\": \"2026-01-31T12:00:00Z\","
                        + " \"features\": " + features + ", \"answer\": {\"modelVersion\": \"v1\", \"output\": \"1\"}}")
                .getBytes(StandardCharsets.UTF_8));
    }

    private String problem(String features, KnownModel held) {
        PredictionEvent event = event(features);
        assertThat(event.features()).isInstanceOf(FeatureValues.class);
        return Validation.of(event, held, NOW).map(Validation.Problem::message).orElse("");
    }

    @Test
    void whatFitsIsKnownAndWhatDoesNotIsTold() {
        assertThat(problem("{\"x\": 1, \"city\": \"a\"}", model)).isEmpty();
        assertThat(problem("{\"x\": null, \"city\": null}", model)).isEmpty();
        assertThat(problem("{\"x\": \"much\", \"city\": \"a\"}", model)).startsWith("features.x: 'much' is a text");
        assertThat(problem("{\"x\": 2, \"city\": 7}", model)).isEmpty();
        assertThat(problem("{\"x\": 2}", model)).startsWith("features.city: is missing");
        assertThat(problem("{\"city\": \"a\", \"other\": \"b\", \"x\": 1}", model))
                .isEmpty();
        assertThat(problem("{\"x\": 1, \"city\": \"a\"}", model)).isEmpty();
    }

    @Test
    void rowsOfOtherNamesInTurnAreLookedAtAnew() {
        for (int i = 0; i < 3; i++) {
            assertThat(problem("{\"x\": 1, \"city\": \"a\"}", model)).isEmpty();
            assertThat(problem("{\"x\": 1, \"town\": \"a\"}", model)).startsWith("features.city: is missing");
        }
    }

    @Test
    void anotherSpecIsAskedAnew() {
        // given
        assertThat(problem("{\"x\": 1, \"city\": \"a\"}", model)).isEmpty();
        // then
        assertThat(problem("{\"x\": 1, \"city\": \"a\"}", model("{x: numeric, city: numeric}")))
                .startsWith("features.city: 'a' is a text");
        assertThat(problem("{\"x\": 1, \"city\": \"a\"}", model("{x: numeric, age: numeric}")))
                .startsWith("features.age: is missing");
    }
}
