package io.homeostat.backbone.deadletter;

import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.jspecify.annotations.Nullable;

/** Whatever a source cannot read becomes a dead letter, in the same transaction; the stream goes on. */
public final class DeadLetterHandler implements DeserializationExceptionHandler {
    /** Streams setting: the dead-letter topic's name. */
    public static final String TOPIC_CONFIG = "homeostat.dead-letters.topic";

    private String topic = new Topics("homeostat", 1, (short) 1).deadLetters().name();

    @Override
    public void configure(Map<String, ?> configs) {
        Object configured = configs.get(TOPIC_CONFIG);
        if (configured != null) {
            topic = configured.toString();
        }
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        DeadLetter letter = new DeadLetter(
                record.topic(),
                record.partition(),
                record.offset(),
                DeadLetter.Reason.UNREADABLE,
                String.valueOf(exception.getMessage()),
                text(record.key()),
                text(record.value()),
                Instant.ofEpochMilli(Math.max(0, record.timestamp())));
        return Response.resume(List.of(new ProducerRecord<>(topic, record.key(), Json.bytes(letter))));
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
}
