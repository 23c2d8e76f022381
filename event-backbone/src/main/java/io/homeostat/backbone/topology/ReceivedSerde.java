package io.homeostat.backbone.topology;

import io.homeostat.backbone.serde.EventReader;
import io.homeostat.backbone.topic.Topic;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** Passes an event on in the bytes it came in. */
public final class ReceivedSerde<V> implements Serde<Received<V>> {
    private final Supplier<EventReader<V>> readers;

    /** Of a topic's events. */
    public ReceivedSerde(Topic<V> topic) {
        this(topic::reader);
    }

    /** Of events that are read so, by one reader in each thread. */
    public ReceivedSerde(Supplier<EventReader<V>> readers) {
        this.readers = readers;
    }

    @Override
    public Serializer<Received<V>> serializer() {
        return (name, received) -> received.json();
    }

    @Override
    public Deserializer<Received<V>> deserializer() {
        ThreadLocal<EventReader<V>> reader = ThreadLocal.withInitial(readers);
        return (name, json) -> new Received<>(reader.get().read(json), json);
    }
}
