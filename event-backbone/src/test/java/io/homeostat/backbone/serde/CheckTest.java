package io.homeostat.backbone.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.backbone.event.LabelEvent;
import io.homeostat.backbone.event.PredictionEvent;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckTest {
    private static final String LONGEST = "p".repeat(Check.LONGEST_ID);

    @Test
    void anIdIsATextOfAtMost256Characters() {
        assertThat(Check.id("id", LONGEST)).hasSize(256);
        assertThatThrownBy(() -> Check.id("id", LONGEST + "p"))
                .hasMessage("id: is longer than 256 characters; is it the id?");
        assertThatThrownBy(() -> Check.id("id", " ")).hasMessageContaining("id: is empty");
        assertThatThrownBy(() -> Check.id("id", null)).hasMessage("id: is missing");
    }

    @Test
    void predictionsAndTheirLabelsHaveIdsOfTheSameLength() {
        assertThat(PredictionEvent.history(LONGEST, "loans", Instant.EPOCH, Map.of())
                        .predictionId())
                .isEqualTo(new LabelEvent(LONGEST, "loans", "1", Instant.EPOCH, null).predictionId());
        assertThatThrownBy(() -> PredictionEvent.history(LONGEST + "p", "loans", Instant.EPOCH, Map.of()))
                .hasMessageContaining("predictionId: is longer than 256");
        assertThatThrownBy(() -> new LabelEvent(LONGEST + "p", "loans", "1", Instant.EPOCH, null))
                .hasMessageContaining("predictionId: is longer than 256");
    }
}
