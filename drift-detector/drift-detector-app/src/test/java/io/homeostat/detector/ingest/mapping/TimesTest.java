package io.homeostat.detector.ingest.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.backbone.serde.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
    private static JsonNode json(String text) {
        return Json.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "\"2026-01-31T12:00:00Z\", 2026-01-31T12:00:00Z",
                "\"2026-01-31T13:00:00.250+01:00\", 2026-01-31T12:00:00.250Z",
                "1769860800, 2026-01-31T12:00:00Z",
                "1769860800.25, 2026-01-31T12:00:00.250Z",
                "1.7698608E9, 2026-01-31T12:00:00Z",
                "1769860800250, 2026-01-31T12:00:00.250Z",
                "1769860800250001, 2026-01-31T12:00:00.250001Z",
                "1769860800250001002, 2026-01-31T12:00:00.250001002Z",
                "\"1769860800250\", 2026-01-31T12:00:00.250Z",
                "99999999999, 5138-11-16T09:46:39Z",
                "100000000000, 1973-03-03T09:46:40Z",
                "0, 1970-01-01T00:00:00Z",
                "-5, 1969-12-31T23:59:55Z",
            })
    void readsIsoTextsAndNumbersBySize(String written, Instant time) {
        assertThat(Times.read(json(written))).contains(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"2026-01-31T12:00:00\"",
                "\"2026-01-31\"",
                "\"yesterday\"",
                "\"\"",
                "true",
                "[1]",
                "{}",
                "1e300",
                "NaN"
            })
    void saysWhatIsNoTime(String written) {
        assertThat(Times.read(json(written))).isEmpty();
    }
}
