package io.homeostat.detector.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.backbone.serde.Json;
import io.homeostat.detector.profile.ModelFact.PartialWindow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ModelFactSerdeTest {
    private static final Instant AT = Instant.parse("2026-03-02T00:00:00.123456789Z");

    private final ModelFactSerde serde = new ModelFactSerde();

    private static PartialWindow share(byte @Nullable [] estimate, byte @Nullable [] rows) {
        return new PartialWindow("Größe", "v1", AT, 3, new byte[] {1, 2, -3}, estimate, rows);
    }

    private byte[] written(ModelFact fact) {
        return serde.serializer().serialize("facts", fact);
    }

    private ModelFact read(byte[] bytes) {
        return serde.deserializer().deserialize("facts", bytes);
    }

    @Test
    void readsASharesBytesAsTheyWere() {
        for (PartialWindow share : List.of(
                share(null, null),
                share(new byte[] {4}, null),
                share(null, new byte[] {5, 6}),
                share(new byte[0], new byte[0]))) {
            // when
            ModelFact found = read(written(share));
            // then
            assertThat(found).usingRecursiveComparison().isEqualTo(share);
        }
    }

    @Test
    void writesAShareInHardlyMoreThanItsProfile() {
        // given
        PartialWindow share = new PartialWindow("loans", "v1", AT, 3, new byte[7_000], null, null);
        // when, then
        assertThat(written(share)).hasSizeLessThan(7_050);
    }

    @Test
    void readsAShareThatAnEarlierReleaseWrote() {
        // given
        String json = "{\"kind\":\"partial_window\",\"model\":\"loans\",\"modelVersion\":\"v1\","
                + "\"windowFrom\":\"2026-03-02T00:00:00Z\",\"partition\":2,\"profile\":\"AQID\",\"rows\":\"BAU=\"}";
        // when
        ModelFact found = read(json.getBytes(StandardCharsets.UTF_8));
        // then
        assertThat(found)
                .usingRecursiveComparison()
                .isEqualTo(new PartialWindow(
                        "loans",
                        "v1",
                        Instant.parse("2026-03-02T00:00:00Z"),
                        2,
                        new byte[] {1, 2, 3},
                        null,
                        new byte[] {4, 5}));
    }

    @Test
    void writesOutcomesAsJson() {
        // given
        ModelFact outcome = new ModelFact.Labelled("loans", AT, AT, "1", List.of(), Map.of("city", "Ulm"), null);
        // when
        byte[] bytes = written(outcome);
        // then
        assertThat(bytes).isEqualTo(Json.bytes(outcome));
        assertThat(read(bytes)).isEqualTo(outcome);
    }

    @Test
    void saysWhatIsDamaged() {
        // given
        byte[] bytes = written(share(null, null));
        // when, then
        assertThatThrownBy(() -> read(Arrays.copyOf(bytes, bytes.length - 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("share of a window: the bytes end at");
    }
}
