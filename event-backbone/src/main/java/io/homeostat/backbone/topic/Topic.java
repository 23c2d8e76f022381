package io.homeostat.backbone.topic;

import io.homeostat.backbone.event.LabelEvent;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.event.PredictionReader;
import io.homeostat.backbone.serde.EventReader;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.serde.JsonSerde;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * A topic and everything that is to be known of it.
 *
 * @param name its name, prefix included
 * @param key what its key is, in words
 * @param value what its values are
 * @param partitions how many
 * @param replication copies of each
 * @param compacted whether only the newest value of a key is kept; otherwise facts, kept for {@code retention}
 * @param retention how long facts are kept, or {@link #UNLIMITED}
 */
public record Topic<V>(
        String name,
        String key,
        Class<V> value,
        int partitions,
        short replication,
        boolean compacted,
        Duration retention) {
    /** The most bytes of a state that a topic holds: the reference of two hundred features has four million. */
    public static final int MOST_STATE_BYTES = 16 * 1024 * 1024;

    /**
     * The most bytes of an event that is read. What follows from one is larger, and must still fit: a label joined with its
     * prediction, a prediction mapped to the spec's names.
     */
    public static final int MOST_EVENT_BYTES = 2 * 1024 * 1024;

    /** A retention without an end. */
    public static final Duration UNLIMITED = Duration.ofMillis(-1);

    /** The most bytes of a value that is read: of what users write less than of what follows from it. */
    public int mostBytes() {
        return value == PredictionEvent.class || value == LabelEvent.class ? MOST_EVENT_BYTES : MOST_STATE_BYTES;
    }

    /** The serde of its values. */
    public Serde<V> valueSerde() {
        return new JsonSerde<>(value);
    }

    /** A reader of its values, for one thread. */
    @SuppressWarnings("unchecked") // the reader's type is the one just compared
    public EventReader<V> reader() {
        return value == PredictionEvent.class
                ? (EventReader<V>) new PredictionReader()
                : json -> Json.read(json, value);
    }

    /** The serde of its keys. */
    public Serde<String> keySerde() {
        return Serdes.String();
    }

    /** Its settings as the broker knows them. */
    public Map<String, String> settings() {
        String most = Integer.toString(MOST_STATE_BYTES);
        return compacted
                ? Map.of("cleanup.policy", "compact", "min.cleanable.dirty.ratio", "0.1", "max.message.bytes", most)
                : Map.of(
                        "cleanup.policy",
                        "delete",
                        "retention.ms",
                        Long.toString(retention.toMillis()),
                        "max.message.bytes",
                        most);
    }
}
