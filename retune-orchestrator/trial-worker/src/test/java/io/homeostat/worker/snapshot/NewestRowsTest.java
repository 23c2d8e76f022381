package io.homeostat.worker.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.LabelledEvent;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.worker.History;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewestRowsTest {
    private static final Instant LATE = History.START.plusSeconds(1_000_000);

    private final NewestRows newest = new NewestRows(History.spec(200, "accuracy"), LATE);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void keepsTheNewestWhateverOrderTheyComeIn(long seed) {
        // given
        List<LabelledEvent> events = new ArrayList<>(History.events(1000, .5));
        Collections.shuffle(events, new Random(seed));
        // when
        offer(events);
        // then
        assertThat(newest.rows())
                .extracting(Row::id)
                .hasSize(200)
                .startsWith("p800")
                .endsWith("p999");
    }

    @Test
    void theNewestLabelOfAPredictionWins() {
        // given
        LabelledEvent first = History.event("m", "p", 1, .5, "red", "0");
        LabelledEvent corrected =
                new LabelledEvent(first.prediction(), "1", first.labelTime().plusSeconds(1), true);
        // when
        newest.offer(first, 0, 10);
        newest.offer(corrected, 0, 11);
        newest.offer(first, 0, 12);
        // then
        assertThat(newest.rows()).hasSize(1);
        assertThat(newest.rows().get(0).label()).isEqualTo("1");
        assertThat(newest.rows().get(0).offset()).isEqualTo(11);
    }

    @Test
    void otherModelsAndLaterLabelsAreLeftOut() {
        // given
        NewestRows early = new NewestRows(History.spec(200, "accuracy"), History.START.plusSeconds(3600 + 60));
        // when
        early.offer(History.event("other", "a", 0, .5, "red", "0"), 0, 0);
        early.offer(History.event("m", "b", 1, .5, "red", "0"), 0, 1);
        early.offer(History.event("m", "c", 2, .5, "red", "0"), 0, 2);
        // then
        assertThat(early.rows()).extracting(Row::id).containsExactly("b");
    }

    @Test
    void onlyTheSpecsFeaturesAreKept() {
        // given
        // when
        newest.offer(History.event("m", "b", 1, .5, "red", "0"), 0, 1);
        // then
        assertThat(newest.rows().get(0).features()).containsOnlyKeys("x", "colour");
    }

    @Test
    void aTextOfANumericFeatureIsMissing() {
        // given: as rows are from before a feature was declared numeric, or were sent past the checks
        LabelledEvent event = new LabelledEvent(
                PredictionEvent.history("p", "m", History.START, Map.of("x", "many", "colour", 7)),
                "1",
                History.START.plusSeconds(60),
                false);
        // when
        newest.offer(event, 0, 1);
        // then
        assertThat(newest.rows().get(0).features()).isEqualTo(Map.of("colour", 7.0));
    }

    private void offer(List<LabelledEvent> events) {
        for (int i = 0; i < events.size(); i++) {
            newest.offer(events.get(i), 0, i);
        }
    }
}
