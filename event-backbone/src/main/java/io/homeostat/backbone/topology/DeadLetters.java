package io.homeostat.backbone.topology;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** How a part of the topology sets input aside. */
public final class DeadLetters {
    private static final String ORIGIN = "homeostat-origin";

    private DeadLetters() {}

    /** A letter about the record that the processor is at. */
    public static DeadLetter letter(
            ProcessorContext<?, ?> context,
            @Nullable String key,
            @Nullable String payload,
            DeadLetter.Reason reason,
            String message,
            Instant at) {
        RecordMetadata origin = context.recordMetadata().orElse(null);
        return new DeadLetter(
                origin == null ? "unknown" : origin.topic(),
                origin == null ? -1 : origin.partition(),
                origin == null ? -1 : origin.offset(),
                reason,
                message,
                key,
                payload,
                at);
    }

    /** Notes on a record where it was read first, so that a letter written after a repartition still names its source. */
    static void stamp(ProcessorContext<?, ?> context, Record<?, ?> record) {
        if (record.headers().lastHeader(ORIGIN) == null) {
            context.recordMetadata()
                    .ifPresent(origin -> record.headers()
                            .add(
                                    ORIGIN,
                                    (origin.topic() + ":" + origin.partition() + ":" + origin.offset())
                                            .getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Where a record was read first, as {@code topic:partition:offset}; empty if it was not read from a source. */
    public static String originOf(Record<?, ?> record) {
        Header header = record.headers().lastHeader(ORIGIN);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** A letter about an event that was read at an origin, see {@link #originOf}. */
    public static DeadLetter letter(
            String origin, @Nullable String key, Object event, DeadLetter.Reason reason, String message, Instant at) {
        String[] parts = origin.split(":", -1);
        boolean known = parts.length == 3;
        return new DeadLetter(
                known ? parts[0] : "unknown",
                known ? Integer.parseInt(parts[1]) : -1,
                known ? Long.parseLong(parts[2]) : -1,
                reason,
                message,
                key,
                Json.text(event),
                at);
    }

    /** Sends every dead letter of the stream to the dead-letter topic, and goes on with the rest. */
    @SuppressWarnings("unchecked")
    public static <V> KStream<String, V> divert(KStream<String, Object> stream, Topics topics) {
        stream.filter((key, value) -> value instanceof DeadLetter)
                .mapValues(value -> (DeadLetter) value)
                .to(
                        topics.deadLetters().name(),
                        Produced.with(Serdes.String(), topics.deadLetters().valueSerde()));
        return stream.filterNot((key, value) -> value instanceof DeadLetter).mapValues(value -> (V) value);
    }
}
