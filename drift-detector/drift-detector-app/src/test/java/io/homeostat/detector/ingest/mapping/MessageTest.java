package io.homeostat.detector.ingest.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.spec.Place;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

class MessageTest {
    private static final String ENVELOPE = "\"specversion\":\"1.0\",\"id\":\"e1\",\"source\":\"/s\",\"type\":\"t\","
            + "\"time\":\"2026-01-31T12:00:00Z\",\"tenant\":\"a\"";

    private static Message read(Map<String, String> headers, String value) {
        RecordHeaders all = new RecordHeaders();
        headers.forEach((name, text) -> all.add(name, text.getBytes(StandardCharsets.UTF_8)));
        return Message.read(new Record<>("k", value.getBytes(StandardCharsets.UTF_8), 7, all));
    }

    @Test
    void aBinaryCloudEventHasItsAttributesInTheHeaders() {
        // when
        Message message = read(Map.of("ce_id", "e1", "ce_type", "t", "content-type", "application/json"), "{\"x\":1}");
        // then
        assertThat(message.attribute("id")).contains("e1");
        assertThat(message.textAt(Place.of("/x"))).isEqualTo("1");
    }

    @Test
    void aStructuredCloudEventIsTakenOutOfItsEnvelope() {
        // when
        Message message = read(
                Map.of("content-type", "application/cloudevents+json; charset=UTF-8"),
                "{" + ENVELOPE + ",\"data\":{\"x\":1}}");
        // then
        assertThat(message.attribute("id")).contains("e1");
        assertThat(message.attribute("time")).contains("2026-01-31T12:00:00Z");
        assertThat(message.textAt(Place.of("header:ce_tenant"))).isEqualTo("a");
        assertThat(message.textAt(Place.of("/x"))).isEqualTo("1");
    }

    @Test
    void anEnvelopeIsKnownByItsAttributesWhereTheContentTypeWasLost() {
        // {"x":1} in Base64
        assertThat(read(Map.of(), "{" + ENVELOPE + ",\"data_base64\":\"eyJ4IjoxfQ==\"}")
                        .textAt(Place.of("/x")))
                .isEqualTo("1");
    }

    @Test
    void anObjectThatOnlyLooksLikeAnEnvelopeIsLeftAsItIs() {
        // when
        Message message =
                read(Map.of(), "{\"id\":\"p1\",\"source\":\"web\",\"type\":\"loan\",\"data\":{\"id\":\"no\"}}");
        // then
        assertThat(message.textAt(Place.of("/id"))).isEqualTo("p1");
        assertThat(message.attribute("id")).isEmpty();
    }

    @Test
    void ofEqualHeadersTheLastCounts() {
        // given
        RecordHeaders headers = new RecordHeaders();
        headers.add("h", new byte[] {'a'}).add("h", new byte[] {'b'}).add("none", null);
        // when
        Message message = Message.read(new Record<>(null, "{}".getBytes(StandardCharsets.UTF_8), 7, headers));
        // then
        assertThat(message.textAt(Place.of("header:h"))).isEqualTo("b");
        assertThat(message.textAt(Place.of("header:none"))).isNull();
        assertThat(message.textAt(Place.of("key"))).isNull();
    }

    @Test
    void saysWhatCannotBeRead() {
        Map<String, String> structured = Map.of("content-type", "application/cloudevents+json");
        assertThatThrownBy(() -> read(Map.of(), "no json"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("is not JSON");
        assertThatThrownBy(() -> read(structured, "{" + ENVELOPE + "}"))
                .hasMessage("data: is missing in the CloudEvent's envelope");
        assertThatThrownBy(() -> read(structured, "{" + ENVELOPE + ",\"data_base64\":\"%\"}"))
                .hasMessage("data_base64: is not Base64");
        assertThatThrownBy(() -> read(structured, "[]")).hasMessageStartingWith("data: is missing");
    }
}
