package io.homeostat.detector.ingest.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.backbone.deadletter.DeadLetter.Reason;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * A user's record: its key, headers, timestamp and JSON value. A CloudEvent is taken out of its envelope, and its
 * attributes stand among the headers with {@code ce_} before them, whichever of its two modes it came in: in binary mode
 * they are headers and the value is the data; in structured mode the value is the envelope.
 *
 * @param key the record's key as text
 * @param headers by name; of equal names the last
 * @param timestamp the record's, in ms since 1970; 0 if it has none
 * @param value what the pointers point into
 */
public record Message(@Nullable String key, Map<String, String> headers, long timestamp, JsonNode value) {
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String[] NEEDED = {"specversion", "id", "source", "type"};

    /** Reads a record. Errors: {@link InvalidValueException} if its value is not JSON. */
    public static Message read(Record<String, byte[]> record) {
        byte @Nullable [] bytes = record.value();
        if (bytes == null) {
            throw new InvalidValueException("", "is empty; nothing can be read from a record without value");
        }
        Map<String, String> headers = texts(record.headers());
        JsonNode value = Json.read(bytes, JsonNode.class);
        Message plain = new Message(record.key(), headers, record.timestamp(), value);
        return isEnvelope(headers, value) ? opened(plain) : plain;
    }

    private static Map<String, String> texts(Headers headers) {
        Map<String, String> texts = new TreeMap<>();
        headers.forEach(header -> {
            if (header.value() != null) {
                texts.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        });
        return texts;
    }

    private static boolean isEnvelope(Map<String, String> headers, JsonNode value) {
        if (headers.getOrDefault("content-type", "").toLowerCase(Locale.ROOT).startsWith(STRUCTURED)) {
            return true;
        }
        // the content type gets lost on some ways; nothing but an envelope has all of these
        boolean all = value.has("data") || value.has("data_base64");
        for (String attribute : NEEDED) {
            all = all && value.path(attribute).isTextual();
        }
        return all;
    }

    private static Message opened(Message envelope) {
        Map<String, String> headers = new TreeMap<>(envelope.headers);
        envelope.value.properties().forEach(attribute -> {
            if (attribute.getValue().isValueNode() && !attribute.getKey().startsWith("data")) {
                headers.put("ce_" + attribute.getKey(), attribute.getValue().asText());
            }
        });
        return new Message(envelope.key, headers, envelope.timestamp, data(envelope.value));
    }

    private static JsonNode data(JsonNode envelope) {
        JsonNode encoded = envelope.path("data_base64");
        if (encoded.isTextual()) {
            try {
                return Json.read(encoded.binaryValue(), JsonNode.class);
            } catch (IOException e) {
                throw new InvalidValueException("data_base64", "is not Base64");
            }
        }
        JsonNode data = envelope.path("data");
        if (data.isMissingNode()) {
            throw new InvalidValueException("data", "is missing in the CloudEvent's envelope");
        }
        return data;
    }

    /** An attribute of the CloudEvent; empty if there is none, or this is no CloudEvent. */
    public Optional<String> attribute(String name) {
        return Optional.ofNullable(headers.get("ce_" + name)).filter(text -> !text.isBlank());
    }

    /** The text of what stands at a place; null if nothing does. */
    public @Nullable String textAt(Place place) {
        JsonNode found = new Field("", place, Reason.UNREADABLE).in(this);
        return found.isValueNode() && !found.isNull() ? found.asText() : null;
    }

    /** The same message with another value. */
    public Message withValue(JsonNode other) {
        return new Message(key, headers, timestamp, other);
    }
}
