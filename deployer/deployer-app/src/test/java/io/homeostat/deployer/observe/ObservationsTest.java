package io.homeostat.deployer.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.LabelledEvent;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.event.Samples;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.serde.JsonSerde;
import io.homeostat.deployer.observe.Observation.Side;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObservationsTest {
    private static final PredictionEvent PREDICTION = Samples.prediction();

    @Test
    void requestCarriesBothSides() {
        Observation.Request seen =
                (Observation.Request) Observations.of(PREDICTION).orElseThrow();
        assertThat(seen.answer()).isEqualTo(new Side("v1", false, .4));
        assertThat(seen.counterpart()).isEqualTo(new Side("v2", false, .6));
        assertThat(seen.rolloutId()).isEqualTo("r-1");
        assertThat(seen.unitId()).isEqualTo("u-9");
    }

    @Test
    void whatIsOutsideARolloutIsLeftOut() {
        PredictionEvent outside = PredictionEvent.history("p", "loans", Samples.T0, Map.of());
        assertThat(Observations.of(outside)).isEmpty();
        assertThat(Observations.of(new LabelledEvent(outside, "1", Samples.T0, false)))
                .isEmpty();
    }

    @Test
    void timeThatFitsNothingIsLeftOut() {
        String json = Json.text(PREDICTION);
        String far = json.replace(PREDICTION.eventTime().toString(), Instant.MIN.toString());
        assertThat(far).isNotEqualTo(json);
        assertThat(Observations.of(Json.read(far.getBytes(StandardCharsets.UTF_8), PredictionEvent.class)))
                .isEmpty();
    }

    @Test
    void correctionIsLeftOut() {
        assertThat(Observations.of(new LabelledEvent(PREDICTION, "1", Samples.T0, false)))
                .isPresent();
        assertThat(Observations.of(new LabelledEvent(PREDICTION, "0", Samples.T0, true)))
                .isEmpty();
    }

    @Test
    void bothKindsComeBackFromTheirJson() {
        JsonSerde<Observation> serde = new JsonSerde<>(Observation.class);
        Observation request = Observations.of(PREDICTION).orElseThrow();
        Observation outcome = Observations.of(new LabelledEvent(PREDICTION, "1", Samples.T0, false))
                .orElseThrow();
        assertThat(serde.deserialize("t", Json.bytes(request))).isEqualTo(request);
        assertThat(serde.deserialize("t", Json.bytes(outcome))).isEqualTo(outcome);
    }
}
