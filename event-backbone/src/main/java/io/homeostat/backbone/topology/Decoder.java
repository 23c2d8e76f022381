package io.homeostat.backbone.topology;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.serde.EventReader;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.topic.Topic;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Reads a source's bytes: forwards the event as {@link Received}, or a {@link DeadLetter} that says where the record stood and what is wrong
 * with it. A deserialization handler would not do: a record that it drops does not make the task commit, so under exactly
 * once its dead letter could wait for ever in an open transaction.
 */
final class Decoder<V> extends ContextualProcessor<String, byte[], String, Object> {
    private final Topic<V> topic;

    private final String letters;
    private final String rest;
    private final EventReader<V> reader;

    /** A decoder whose children are those of {@link DeadLetters#divert} under the name. */
    Decoder(Topic<V> topic, String name) {
        this.topic = topic;
        this.letters = DeadLetters.lettersOf(name);
        this.rest = DeadLetters.restOf(name);
        this.reader = topic.reader();
    }

    @Override
    public void process(Record<String, byte[]> record) {
        DeadLetters.unstamp(record);
        Object decoded = decoded(record);
        context().forward(record.withValue(decoded), decoded instanceof DeadLetter ? letters : rest);
    }

    private Object decoded(Record<String, byte[]> record) {
        byte @Nullable [] bytes = record.value();
        if (bytes == null) {
            return letter(record, "is empty; a " + topic.value().getSimpleName() + " is an object");
        }
        if (bytes.length > topic.mostBytes()) {
            return letter(record, DeadLetters.tooLarge(bytes.length, topic.mostBytes()));
        }
        try {
            return new Received<>(reader.read(bytes), bytes);
        } catch (InvalidValueException e) {
            return letter(record, String.valueOf(e.getMessage()));
        }
    }

    private DeadLetter letter(Record<String, byte[]> record, String message) {
        byte @Nullable [] bytes = record.value();
        return DeadLetters.letter(
                DeadLetters.originOf(context(), record),
                record.key(),
                DeadLetters.payload(bytes),
                DeadLetter.Reason.UNREADABLE,
                message,
                Instant.ofEpochMilli(Math.max(0, record.timestamp())));
    }
}
