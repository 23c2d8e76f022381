package io.homeostat.backbone.topology;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.topic.Topics;
import java.time.Instant;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** How a part of the topology sets input aside. */
public final class DeadLetters {
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
