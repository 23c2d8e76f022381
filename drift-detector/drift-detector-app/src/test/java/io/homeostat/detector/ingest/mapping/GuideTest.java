package io.homeostat.detector.ingest.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.ModelSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The guide's examples are true. */
class GuideTest {
    private static List<byte[]> blocks(String language) throws IOException {
        String guide = Files.readString(Path.of("../../docs/guide/your-own-events.md"));
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(guide)
                .results()
                .map((MatchResult found) -> found.group(1).getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void everySpecCanBeRead() throws IOException {
        List<ModelSpec> specs = blocks("yaml").stream().map(ModelSpec::read).toList();
        assertThat(specs)
                .extracting(ModelSpec::model)
                .containsExactly("loans", "loans", "loans", "iris", "sensors", "loans");
        assertThat(specs.get(4).source().featuresOnly()).isTrue();
        assertThat(specs.get(5).watch().reference().offset()).isEqualTo(ZoneOffset.ofHours(1));
    }

    @Test
    void theMessageIsMappedByItsSpec() throws IOException {
        // given
        ModelSpec spec = ModelSpec.read(blocks("yaml").get(1));
        Message message =
                new Message(null, Map.of(), 0, Json.read(blocks("json").get(0), JsonNode.class));
        // when
        PredictionEvent event = new PredictionMapping(spec, spec.source().predictions()).event(message);
        // then
        assertThat(event)
                .isEqualTo(new PredictionEvent(
                        "p-1",
                        "loans",
                        Instant.parse("2026-01-31T12:00:00Z"),
                        Map.of("salary", 52_000.0, "car", "bmw"),
                        new PredictionEvent.Answer("v7", null, "1", 0.83, null, null, null),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        1));
    }
}
